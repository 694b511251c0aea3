// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.model.HyperparameterNames;
import org.catrs.trainer.onnx.OnnxGraph;
import org.catrs.trainer.onnx.OnnxTensor;

/**
 * The first layer of a network: pixels less the mean of their channel, over its standard deviation. It comes after the
 * noise, so that radii are in units of pixels scaled to [0, 1].
 *
 * @param mean for each channel; none to take pixels as they are
 * @param deviation for each channel, above 0
 */
public record Normalization(List<Float> mean, List<Float> deviation) {
    private static final String MEAN = "normalization-mean";
    private static final String DEVIATION = "normalization-deviation";

    /** Takes pixels as they are. */
    public static final Normalization NONE = new Normalization(List.of(), List.of());

    /** That of the papers on CIFAR-10. */
    public static final Normalization CIFAR10 =
            new Normalization(List.of(0.4914f, 0.4822f, 0.4465f), List.of(0.2023f, 0.1994f, 0.2010f));

    /** That of the papers on ImageNet. */
    public static final Normalization IMAGENET =
            new Normalization(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f));

    /** @throws IllegalArgumentException when the two are not of one length, or a deviation is not above 0 */
    public Normalization {
        if (mean.size() != deviation.size() || !deviation.stream().allMatch(value -> value > 0)) {
            throw new IllegalArgumentException(
                    "a normalization needs a mean and a deviation above 0 for each channel, found " + mean + " and "
                            + deviation);
        }
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
    }

    /** @throws InvalidDataException when it is for another number of channels */
    void requireChannels(int channels) {
        if (!isNone() && mean.size() != channels) {
            throw new InvalidDataException("normalization " + this + " is for images of " + mean.size()
                    + " channels, found images of " + channels);
        }
    }

    private boolean isNone() {
        return mean.isEmpty();
    }

    /** @param images float32 [batch, C, H, W] */
    NDArray apply(NDArray images) {
        if (isNone()) {
            return images;
        }
        Shape channels = new Shape(1, mean.size(), 1, 1);
        return images.sub(images.getManager().create(values(mean), channels))
                .div(images.getManager().create(values(deviation), channels));
    }

    /** Adds the part of this layer that {@link #foldedInto} does not do. */
    void addTo(OnnxGraph graph) {
        if (!isNone()) {
            graph.add("Sub", Map.of(), new OnnxTensor("mean", List.of((long) mean.size(), 1L, 1L), values(mean)));
        }
    }

    /**
     * The parameters with the division done by the weights of the first convolution. The mean cannot be moved into its
     * bias: where it reaches over the image's edge, it sees zeros.
     */
    Parameters foldedInto(Parameters parameters) {
        if (isNone()) {
            return parameters;
        }
        float[] values = parameters.values().clone();
        ParameterTensor first = parameters.tensors().get(0);
        int kernel = Math.toIntExact(first.shape().get(2) * first.shape().get(3));
        for (int i = 0; i < first.size(); i++) {
            values[i] /= deviation.get(i / kernel % deviation.size());
        }
        return new Parameters(parameters.tensors(), values);
    }

    /**
     * Undoes what {@link #foldedInto} does.
     *
     * @param values parameters of a network, that begin with the weights of its first convolution
     * @param shape of these weights
     */
    public void unfoldFrom(float[] values, List<Long> shape) {
        int kernel = Math.toIntExact(shape.get(2) * shape.get(3));
        int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        for (int i = 0; i < count; i++) {
            values[i] *= deviation.get(i / kernel % deviation.size());
        }
    }

    private static float[] values(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }

    /** The values by what they are, for a manifest; nothing where pixels are taken as they are. */
    public SortedMap<String, String> toMap() {
        return isNone() ? new TreeMap<>() : new TreeMap<>(Map.of(MEAN, join(mean), DEVIATION, join(deviation)));
    }

    /** The normalization that {@link #toMap} told of, among other values. */
    public static Normalization ofMap(Map<String, String> values) {
        SortedMap<String, String> named = HyperparameterNames.current(values);
        return named.containsKey(MEAN)
                ? new Normalization(split(named.get(MEAN)), split(named.getOrDefault(DEVIATION, "")))
                : NONE;
    }

    private static List<Float> split(String values) {
        return Pattern.compile(",").splitAsStream(values).map(Float::valueOf).toList();
    }

    @Override
    public String toString() {
        return isNone() ? "none" : "mean " + join(mean) + " deviation " + join(deviation);
    }

    private static String join(List<Float> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
