// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.GraphBuilder;

/**
 * What a network's pixels have to go through before it: scaled, then (pixel - mean) / deviation, in float32, then the
 * channels in another order.
 *
 * @param scaledTo255 whether the network takes pixels of 0 to 255 instead of 0 to 1
 * @param means in units of the scaled pixels: none, one for all channels, or one for each in the order of the image
 * @param deviations the same, none 0
 * @param blueFirst whether the network takes blue, green, red
 */
public record PixelPreparation(boolean scaledTo255, List<Float> means, List<Float> deviations, boolean blueFirst) {
    /** Pixels of 0 to 1 as they are. */
    public static final PixelPreparation NONE = new PixelPreparation(false, List.of(), List.of(), false);

    static final String NONE_NAME = "none";

    private static final Map<String, PixelPreparation> PRESETS = new TreeMap<>(Map.of(
            NONE_NAME,
            NONE,
            "imagenet",
            of(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f)),
            "cifar10",
            of(List.of(0.4914f, 0.4822f, 0.4465f), List.of(0.2023f, 0.1994f, 0.2010f)),
            "-1..1",
            of(List.of(0.5f), List.of(0.5f))));

    private static final float BYTE = 255;

    /** @throws InvalidDataException when a number is not finite, or a deviation is 0 */
    public PixelPreparation {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
        if (!means.stream().allMatch(Float::isFinite)
                || !deviations.stream().allMatch(value -> Float.isFinite(value) && value != 0)) {
            throw new InvalidDataException(
                    "means and deviations are finite, and no deviation is 0; found " + means + " and " + deviations);
        }
    }

    private static PixelPreparation of(List<Float> means, List<Float> deviations) {
        return new PixelPreparation(false, means, deviations, false);
    }

    /**
     * A preparation that many networks share.
     *
     * @throws InvalidDataException when there is none of the name
     */
    public static PixelPreparation named(String name) {
        PixelPreparation preset = PRESETS.get(name.toLowerCase(Locale.ROOT));
        if (preset == null) {
            throw new InvalidDataException(
                    "there is no preparation '" + name + "'; there are " + String.join(", ", PRESETS.keySet()));
        }
        return preset;
    }

    /** The preparations that are tried where none is said, for images of a number of channels, by name. */
    static SortedMap<String, PixelPreparation> usual(int channels) {
        SortedMap<String, PixelPreparation> usual = new TreeMap<>(PRESETS);
        usual.values().removeIf(each -> each.means().size() > 1 && each.means().size() != channels);
        usual.put("0..255", new PixelPreparation(true, List.of(), List.of(), false));
        return usual;
    }

    /** The same with another order of the channels. */
    public PixelPreparation withBlueFirst(boolean first) {
        return new PixelPreparation(scaledTo255, means, deviations, first);
    }

    /** Whether pixels stay as they are. */
    public boolean isNone() {
        return equals(NONE);
    }

    /**
     * Adds the nodes to a graph.
     *
     * @param pixels name of the images, float32 [batch, C, H, W], 0 to 1
     * @return name of the prepared images, of the same shape
     */
    String addTo(GraphBuilder graph, String pixels, int channels) {
        String value = pixels;
        if (scaledTo255) {
            value = add(graph, "Mul", value, "scale", channels, List.of(BYTE));
        }
        value = add(graph, "Sub", value, "mean", channels, means);
        value = add(graph, "Div", value, "deviation", channels, deviations);
        if (blueFirst) {
            String order = graph.shape(graph.unused("adopted/channels"), reversed(channels));
            String output = graph.unused("adopted/bgr");
            graph.node("Gather", List.of(value, order), output, Map.of("axis", List.of(1L)));
            value = output;
        }
        return value;
    }

    private static String add(
            GraphBuilder graph, String operator, String value, String name, int channels, List<Float> numbers) {
        if (numbers.isEmpty()) {
            return value;
        }
        requireChannels(numbers, channels);
        List<Long> shape = List.of((long) numbers.size(), 1L, 1L);
        String constant = graph.floats(graph.unused("adopted/" + name), shape, floats(numbers));
        String output = graph.unused("adopted/" + operator);
        graph.node(operator, List.of(value, constant), output, Map.of());
        return output;
    }

    private static void requireChannels(List<Float> numbers, int channels) {
        if (numbers.size() != 1 && numbers.size() != channels) {
            throw new InvalidDataException("the network takes images of " + channels
                    + " channels, and --mean and --std need one number for all or one for each, found " + numbers);
        }
    }

    private static float[] floats(List<Float> numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i);
        }
        return values;
    }

    private static long[] reversed(int channels) {
        if (channels != 3) {
            throw new InvalidDataException(
                    "--channel-order bgr is for images of 3 channels, but the network takes " + channels);
        }
        return new long[] {2, 1, 0};
    }

    /**
     * The same for one image, as a user's own program would do it before the network.
     *
     * @param image float32, C x H x W, 0 to 1; stays as it is
     */
    float[] apply(float[] image, int channels) {
        int plane = image.length / channels;
        float[] prepared = new float[image.length];
        for (int i = 0; i < image.length; i++) {
            int channel = i / plane;
            float value = scaledTo255 ? image[i] * BYTE : image[i];
            value = means.isEmpty() ? value : value - means.get(means.size() == 1 ? 0 : channel);
            value = deviations.isEmpty() ? value : value / deviations.get(deviations.size() == 1 ? 0 : channel);
            int target = blueFirst ? channels - 1 - channel : channel;
            prepared[target * plane + i % plane] = value;
        }
        return prepared;
    }

    @Override
    public String toString() {
        String scale = scaledTo255 ? "pixels of 0 to 255" : "pixels of 0 to 1";
        String mean = means.isEmpty() ? "" : ", mean " + join(means);
        String deviation = deviations.isEmpty() ? "" : ", std " + join(deviations);
        return scale + mean + deviation + (blueFirst ? ", blue first" : "");
    }

    private static String join(List<Float> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /**
     * Reads numbers that are separated by commas.
     *
     * @throws InvalidDataException when they are none
     */
    public static List<Float> numbers(String text) {
        try {
            return Arrays.stream(text.split(",", -1))
                    .map(part -> Float.valueOf(part.strip()))
                    .toList();
        } catch (NumberFormatException e) {
            throw new InvalidDataException("'" + text + "' is no list of numbers, such as 0.485,0.456,0.406", e);
        }
    }
}
