// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/**
 * Static quantisation (Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
 * Inference", CVPR 2018): 8-bit codes for each value over the range that was measured, integer weights with a scale for
 * each output channel, ReLU by the end of the codes. Only the logits are floats again.
 *
 * <p>Images lie with their channels last, where ONNX Runtime's integer convolutions are fastest; its operators for that
 * are its own, so the file runs in ONNX Runtime alone.
 */
public final class Quantizer {
    private static final Map<String, List<Long>> CHANNELS_LAST = Map.of("channels_last", List.of(1L));

    private final FloatNetwork network;
    private final Map<String, ValueRange> ranges;
    private final GraphBuilder writer = new GraphBuilder("int8 classifier");
    private final Map<String, QuantizedValue> values = new HashMap<>();
    private int number;

    private Quantizer(FloatNetwork network, Map<String, ValueRange> ranges) {
        this.network = network;
        this.ranges = ranges;
    }

    /**
     * The quantised network: it takes and gives what the floating-point one does.
     *
     * @param ranges of the values that {@link FloatNetwork#measured()} names
     */
    public static OnnxModel quantize(FloatNetwork network, Map<String, ValueRange> ranges) {
        return new Quantizer(network, ranges).quantize();
    }

    private OnnxModel quantize() {
        List<FloatLayer> steps = network.steps();
        boolean spaceToDepth = suitsSpaceToDepth(steps);
        CodeScale codes = codes(network.scaling().output());
        ImageCodes front =
                new ImageCodes(network.image(), network.scaling(), codes, spaceToDepth ? SpaceToDepth.BLOCK : 1);
        values.put(network.imageName(), InputFront.write(network.imageName(), front, writer));
        if (spaceToDepth) {
            addSpaceToDepth((FloatLayer.Convolution) steps.get(0), steps.get(1));
        }
        for (FloatLayer step : steps.subList(spaceToDepth ? 2 : 0, steps.size() - 1)) {
            step.addTo(this);
        }
        addLogits((FloatLayer.Dense) steps.get(steps.size() - 1));
        Map<String, String> metadata = new HashMap<>(network.metadata());
        metadata.put(CodeInputNetwork.PRECISION_KEY, CodeInputNetwork.PRECISION);
        return writer.model(metadata);
    }

    private boolean suitsSpaceToDepth(List<FloatLayer> steps) {
        return steps.size() > 2
                && steps.get(0) instanceof FloatLayer.Convolution first
                && first.input().equals(network.imageName())
                && network.uses(network.imageName()) == 1
                && steps.get(1) instanceof FloatLayer.MaxPooling pooling
                && pooling.input().equals(first.output())
                && network.uses(first.output()) == 1
                && pooling.window().tilesByTwo()
                && SpaceToDepth.suits(first, network.image(), network.shape(first.output()));
    }

    void add(FloatLayer.Convolution convolution) {
        QuantizedValue input = value(convolution.input());
        QuantizedWeights weights = QuantizedWeights.of(
                convolution.weights(), convolution.bias(), input.codes().scale());
        long channels = network.shape(convolution.input()).channels();
        convolve(input, next(convolution.output()), weights, channels, convolution.window());
    }

    /** The largest of some codes is one of them, so that the output has its input's scale. */
    void add(FloatLayer.MaxPooling pooling) {
        QuantizedValue input = value(pooling.input());
        QuantizedValue output = input.renamed("value" + number++);
        node(
                "NhwcMaxPool",
                List.of(input.name()),
                output.name(),
                pooling.window().attributes());
        values.put(pooling.output(), output);
    }

    void add(FloatLayer.GlobalAveragePooling pooling) {
        List<String> input = value(pooling.input()).operands();
        QuantizedValue output = next(pooling.output());
        node("QLinearGlobalAveragePool", join(input, output.form()), output.name(), CHANNELS_LAST);
    }

    void add(FloatLayer.Addition addition) {
        List<String> both =
                join(value(addition.left()).operands(), value(addition.right()).operands());
        QuantizedValue output = next(addition.output());
        node("QLinearAdd", join(both, output.form()), output.name(), Map.of());
    }

    void add(FloatLayer.Dense dense) {
        QuantizedValue output = next(dense.output());
        node("QGemm", join(denseOperands(dense, output.name()), output.form()), output.name(), Map.of());
    }

    private void convolve(
            QuantizedValue input, QuantizedValue output, QuantizedWeights weights, long channels, Window window) {
        List<Long> shape = List.of(
                (long) weights.outputs(),
                channels,
                window.kernel().get(0),
                window.kernel().get(1));
        List<String> operands = new ArrayList<>(input.operands());
        operands.addAll(weights.write(output.name(), shape, writer));
        operands.addAll(output.form());
        operands.add(weights.writeBiases(output.name(), writer));
        Map<String, List<Long>> attributes = new TreeMap<>(CHANNELS_LAST);
        attributes.putAll(window.attributes());
        node("QLinearConv", operands, output.name(), attributes);
    }

    /** The convolution gives four places of each window as channels; the pooling takes the largest of the four. */
    private void addSpaceToDepth(FloatLayer.Convolution convolution, FloatLayer pooling) {
        QuantizedValue input = value(convolution.input());
        QuantizedWeights weights = QuantizedWeights.of(
                convolution.weights(), convolution.bias(), input.codes().scale());
        QuantizedValue places = next(convolution.output());
        convolve(
                input,
                places,
                SpaceToDepth.rewritten(weights, convolution.window()),
                SpaceToDepth.PLACES,
                SpaceToDepth.rewritten(convolution.window()));
        ImageShape pooled = network.shape(pooling.output());
        QuantizedValue output = places.renamed("value" + number++);
        long windows = (long) pooled.height() * pooled.width();
        reshape(places.name(), "windows", 0, windows, SpaceToDepth.PLACES, pooled.channels());
        Map<String, List<Long>> four = Map.of("kernel_shape", List.of(1L, (long) SpaceToDepth.PLACES));
        node("NhwcMaxPool", List.of("windows"), "largest", four);
        reshape("largest", output.name(), 0, pooled.height(), pooled.width(), pooled.channels());
        values.put(pooling.output(), output);
    }

    private void addLogits(FloatLayer.Dense dense) {
        String logits = dense.output();
        node("QGemm", denseOperands(dense, logits), logits, Map.of());
        writer.output(logits, DataType.FLOAT, dense.weights().length);
    }

    /** The operands of a matrix product but the form of what it gives. */
    private List<String> denseOperands(FloatLayer.Dense dense, String name) {
        QuantizedValue input = value(dense.input());
        ImageShape shape = network.shape(dense.input());
        QuantizedWeights weights =
                QuantizedWeights.of(dense.weights(), dense.bias(), input.codes().scale());
        reshape(input.name(), name + ".row", 0, shape.size());
        List<String> operands = new ArrayList<>(input.renamed(name + ".row").operands());
        operands.addAll(weights.writeMatrix(name, channelsLast(shape), writer));
        operands.add(weights.writeBiases(name, writer));
        return operands;
    }

    /** For each value in the order C x H x W, its place in the order H x W x C. */
    private static int[] channelsLast(ImageShape shape) {
        int[] order = new int[shape.size()];
        int places = shape.height() * shape.width();
        Arrays.setAll(order, i -> i % places * shape.channels() + i / places);
        return order;
    }

    private void reshape(String input, String output, long... shape) {
        String sizes = writer.shape(output + ".shape", shape);
        writer.node(GraphBuilder.STANDARD, "Reshape", List.of(input, sizes), output, Map.of());
    }

    private void node(String operator, List<String> inputs, String output, Map<String, List<Long>> attributes) {
        writer.node(GraphBuilder.MICROSOFT, operator, inputs, output, attributes);
    }

    private QuantizedValue next(String measured) {
        QuantizedValue value = QuantizedValue.of("value" + number++, codes(measured), writer);
        values.put(measured, value);
        return value;
    }

    private CodeScale codes(String measured) {
        ValueRange range = ranges.get(measured);
        if (range == null) {
            throw new IllegalArgumentException("the range of '" + measured + "' was not measured");
        }
        return CodeScale.over(range);
    }

    private QuantizedValue value(String name) {
        QuantizedValue value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no step before gives " + name);
        }
        return value;
    }

    private static List<String> join(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
