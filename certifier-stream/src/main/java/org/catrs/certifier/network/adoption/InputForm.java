// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.TensorShapeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/**
 * How a network takes images.
 *
 * @param name of its input
 * @param type of the input: FLOAT, FLOAT16, DOUBLE or UINT8
 * @param sizes of the input, the batch's first; -1 for a batch of any size
 * @param layout where the channels are, also in an input that is flat
 * @param image shape of an image
 */
record InputForm(String name, DataType type, List<Long> sizes, ImageLayout layout, ImageShape image) {
    private static final Set<DataType> TYPES =
            Set.of(DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE, DataType.UINT8);

    /** Clip and Round exist as they are used here from this version of ONNX's operators on. */
    private static final long ROUNDING_VERSION = 11;

    /** Images have at most so many channels, where a shape leaves in doubt which number they are. */
    private static final long MOST_CHANNELS = 4;

    private static final float LARGEST_BYTE = 255;

    /**
     * Reads a network's input.
     *
     * @throws InvalidDataException when it does not take images, or something has to be said; with the option
     */
    static InputForm of(OnnxModel model, AdoptionOptions options, String source) {
        ValueInfoProto input = only(model.proto().getGraph(), source);
        TensorShapeProto shape = input.getType().getTensorType().getShape();
        DataType type = DataType.forNumber(input.getType().getTensorType().getElemType());
        List<Long> sizes = shape.getDimList().stream()
                .map(size -> size.getDimValue() > 0 ? size.getDimValue() : -1)
                .toList();
        String found = source + " has the input '" + input.getName() + "' of " + text(sizes) + " (" + type + ")";
        if (type == null || !TYPES.contains(type)) {
            throw new InvalidDataException(found
                    + "; needed is float32, float16, double or uint8: export it again with images of one of these");
        }
        return switch (sizes.size()) {
            case 4 -> ofPixels(input.getName(), type, sizes, options, found, model);
            case 3 -> ofGray(input.getName(), type, sizes, options, found);
            case 2 -> ofRows(input.getName(), type, sizes, options, found);
            default ->
                throw new InvalidDataException(found
                        + "; needed is a batch of images: batch x channels x height x width, or height x width x"
                        + " channels, or flat: export it again with a batch's axis");
        };
    }

    private static ValueInfoProto only(GraphProto graph, String source) {
        Set<String> constants =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(input -> !constants.contains(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw new InvalidDataException(source + " has the inputs "
                    + inputs.stream().map(ValueInfoProto::getName).toList()
                    + "; needed is one, of images: export it again with the others as constants");
        }
        return inputs.get(0);
    }

    private static InputForm ofPixels(
            String name, DataType type, List<Long> sizes, AdoptionOptions options, String found, OnnxModel model) {
        ImageLayout layout = options.layout() != null ? options.layout() : layout(sizes);
        boolean isLast = layout == ImageLayout.NHWC;
        long channels = sizes.get(isLast ? 3 : 1);
        long height = sizes.get(isLast ? 1 : 2);
        long width = sizes.get(isLast ? 2 : 3);
        if (channels < 0) {
            channels = channelsOfFilters(model, name);
        }
        ImageShape image = image(List.of(channels, height, width), options, found);
        long batch = sizes.get(0);
        List<Long> closed = isLast
                ? List.of(batch, (long) image.height(), (long) image.width(), (long) image.channels())
                : List.of(batch, (long) image.channels(), (long) image.height(), (long) image.width());
        return new InputForm(name, type, closed, layout, image);
    }

    private static ImageLayout layout(List<Long> sizes) {
        boolean looksLast =
                sizes.get(3) > 0 && sizes.get(3) <= MOST_CHANNELS && (sizes.get(1) > MOST_CHANNELS || sizes.get(1) < 0);
        return looksLast ? ImageLayout.NHWC : ImageLayout.NCHW;
    }

    private static InputForm ofGray(
            String name, DataType type, List<Long> sizes, AdoptionOptions options, String found) {
        if (sizes.get(0) > 1 && sizes.get(0) <= MOST_CHANNELS) {
            throw new InvalidDataException(
                    found + ", which looks like one image without a batch: export it again with a"
                            + " batch's axis before the others");
        }
        ImageShape image = image(List.of(1L, sizes.get(1), sizes.get(2)), options, found);
        return new InputForm(
                name,
                type,
                List.of(sizes.get(0), (long) image.height(), (long) image.width()),
                ImageLayout.NCHW,
                image);
    }

    private static InputForm ofRows(
            String name, DataType type, List<Long> sizes, AdoptionOptions options, String found) {
        if (options.size().size() != 3) {
            throw new InvalidDataException(found + ", which is flat: say what an image is with --size C,H,W, such as"
                    + " --size 1,28,28 (and --layout nhwc where its values are pixel by pixel)");
        }
        ImageShape image = image(List.of(-1L, -1L, -1L), options, found);
        if (sizes.get(1) > 0 && sizes.get(1) != image.size()) {
            throw new InvalidDataException(found + ", but --size says images of " + image.size() + " values");
        }
        ImageLayout layout = options.layout() == null ? ImageLayout.NCHW : options.layout();
        return new InputForm(name, type, List.of(sizes.get(0), (long) image.size()), layout, image);
    }

    /** The image's shape, open sizes as they were said. */
    private static ImageShape image(List<Long> known, AdoptionOptions options, String found) {
        List<Long> sizes = new ArrayList<>(known);
        int skipped = 3 - options.size().size();
        for (int i = 0; i < options.size().size(); i++) {
            long said = options.size().get(i);
            if (sizes.get(skipped + i) > 0 && sizes.get(skipped + i) != said) {
                throw new InvalidDataException(found + ", but --size says " + options.size());
            }
            sizes.set(skipped + i, said);
        }
        if (sizes.stream().anyMatch(size -> size < 1)) {
            throw new InvalidDataException(
                    found + ", whose image size is open: say it with --size H,W, such as --size 224,224"
                            + (sizes.get(0) < 1 ? ", or --size C,H,W" : ""));
        }
        return new ImageShape(
                Math.toIntExact(sizes.get(0)), Math.toIntExact(sizes.get(1)), Math.toIntExact(sizes.get(2)));
    }

    /** What the first convolution says, where it takes the input itself; -1 elsewhere. */
    private static long channelsOfFilters(OnnxModel model, String input) {
        GraphProto graph = model.proto().getGraph();
        for (NodeProto node : graph.getNodeList()) {
            if (node.getOpType().equals("Conv") && node.getInput(0).equals(input)) {
                return graph.getInitializerList().stream()
                        .filter(constant -> constant.getName().equals(node.getInput(1)))
                        .mapToLong(constant -> constant.getDims(1))
                        .findFirst()
                        .orElse(-1);
            }
        }
        return -1;
    }

    /** Whether pixels are written as whole numbers, which are of 0 to 255. */
    boolean isOfBytes() {
        return type == DataType.UINT8;
    }

    /** The size of batch that the network is bound to; -1 for any. */
    long batch() {
        return sizes.get(0);
    }

    /** Whether images go in as they are in catrs. */
    boolean isOfFloatImages() {
        return type == DataType.FLOAT && layout == ImageLayout.NCHW && sizes.size() == 4;
    }

    /**
     * Adds the input, and the nodes that turn images into what the network takes, before all others.
     *
     * @param preparation what pixels have to go through
     * @param version of ONNX's operators in the file
     * @param steps receives what was done
     */
    void addTo(GraphBuilder graph, PixelPreparation preparation, long version, List<String> steps, String source) {
        graph.goToBeginning();
        boolean isAsItIs = isOfFloatImages() && preparation.isNone();
        String pixels = isAsItIs ? name : graph.unused("image");
        graph.input(pixels, DataType.FLOAT, image.channels(), image.height(), image.width());
        if (isAsItIs) {
            return;
        }
        String value = preparation.addTo(graph, pixels, image.channels());
        if (!preparation.isNone()) {
            steps.add("the input is prepared: " + preparation);
        }
        if (layout == ImageLayout.NHWC) {
            value = add(graph, "Transpose", value, Map.of("perm", List.of(0L, 2L, 3L, 1L)));
            steps.add("the channels go behind height and width (Transpose), as the input " + text(sizes) + " has them");
        }
        if (sizes.size() == 2) {
            value = add(graph, "Flatten", value, Map.of("axis", List.of(1L)));
            steps.add("images of " + image + " are laid out flat (Flatten), as the input " + text(sizes) + " is");
        } else if (sizes.size() == 3) {
            String shape = graph.shape(graph.unused("adopted/shape"), 0, image.height(), image.width());
            String output = graph.unused("adopted/gray");
            graph.node("Reshape", List.of(value, shape), output, Map.of());
            value = output;
            steps.add("the one channel is left out of the shape (Reshape), as the input " + text(sizes) + " is");
        }
        if (isOfBytes()) {
            value = asBytes(graph, value, version, source);
            steps.add(
                    "noisy pixels are clipped to 0..255, rounded and made uint8 (Clip, Round, Cast), as the input is");
        } else if (type != DataType.FLOAT) {
            value = add(graph, "Cast", value, Map.of("to", List.of((long) type.getNumber())));
            steps.add("pixels become " + type + " (Cast), as the input is");
        }
        graph.node("Identity", List.of(value), name, Map.of());
    }

    private static String asBytes(GraphBuilder graph, String pixels, long version, String source) {
        if (version < ROUNDING_VERSION) {
            throw new InvalidDataException(source + " takes uint8 and uses version " + version
                    + " of ONNX's operators, which cannot round: make it newer with python -c \"import onnx,"
                    + " onnx.version_converter as v; onnx.save(v.convert_version(onnx.load('model.onnx'), 17),"
                    + " 'newer.onnx')\"");
        }
        String least = graph.floats(graph.unused("adopted/least"), List.of(), 0);
        String most = graph.floats(graph.unused("adopted/most"), List.of(), LARGEST_BYTE);
        String clipped = graph.unused("adopted/clipped");
        graph.node("Clip", List.of(pixels, least, most), clipped, Map.of());
        String rounded = add(graph, "Round", clipped, Map.of());
        return add(graph, "Cast", rounded, Map.of("to", List.of((long) DataType.UINT8_VALUE)));
    }

    private static String add(GraphBuilder graph, String operator, String value, Map<String, List<Long>> attributes) {
        String output = graph.unused("adopted/" + operator);
        graph.node(operator, List.of(value), output, attributes);
        return output;
    }

    /** The input as the network declares it, with the sizes that were open. */
    ValueInfoProto declared() {
        long[] fixed = sizes.stream().skip(1).mapToLong(Long::longValue).toArray();
        return batch() < 0
                ? OnnxParts.batch(name, type, fixed)
                : OnnxParts.value(
                        name, type, sizes.stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * An image as the network's input has it.
     *
     * @param prepared float32, C x H x W
     */
    float[] arranged(float[] prepared) {
        if (layout == ImageLayout.NCHW) {
            return prepared;
        }
        int plane = image.height() * image.width();
        float[] arranged = new float[prepared.length];
        for (int i = 0; i < prepared.length; i++) {
            arranged[i % plane * image.channels() + i / plane] = prepared[i];
        }
        return arranged;
    }

    static String text(List<Long> sizes) {
        return Arrays.toString(
                sizes.stream().map(size -> size < 0 ? "?" : Long.toString(size)).toArray());
    }
}
