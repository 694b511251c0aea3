// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.session.NetworkSignature;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/**
 * A network with nodes around it, so that a batch of grid steps goes in and each image's vote comes out: the network itself
 * stays as it is.
 *
 * <p>In front, {@link PixelTransport#STEPS} are divided by 255 in float32, which rounds as the host's division does. Behind,
 * each image votes for its largest logit, the lowest class of those that tie, or for no class when a logit is not a
 * number. ONNX's ArgMax would not do: what it makes of NaN is not defined, and CUDA's comes from cuDNN, which does not
 * say which class wins a tie. Votes are not summed, because a batch has samples of several images.
 */
final class CountingGraph {
    /** The batch: steps, int16, or images, float32; batch x channels x height x width. */
    static final String IMAGES = "catrs/images";

    /** Steps of the grid in 1. */
    static final float GRID_STEPS = 255;

    /** The class that each image votes for, or -1: float32, batch x 1. */
    static final String LABELS = "catrs/labels";

    /** The oldest operators that have what is needed: Equal of floats. */
    private static final long OLDEST_OPERATORS = 11;

    private static final long AXES_ARE_INPUTS = 18;

    /** The oldest version of the format in which a constant need not be an input. */
    private static final long OLDEST_FORMAT = 4;

    private static final String PREFIX = "catrs/";

    private final List<NodeProto> nodes = new ArrayList<>();
    private final Map<String, TensorProto> constants = new LinkedHashMap<>();
    private final NetworkSignature signature;
    private final long operators;
    private final int batch;
    private final int classes;

    private CountingGraph(DeviceNetwork network, long operators) {
        this.signature = network.signature();
        this.batch = network.batch();
        this.classes = network.classes();
        this.operators = operators;
    }

    /**
     * The file of the network with nodes around it. Beside {@link #LABELS}, it gives the network's input and output.
     *
     * @throws ProviderException when the network's operators are older than version 11
     */
    static byte[] of(DeviceNetwork network, PixelTransport transport) throws ProviderException {
        ModelProto model = OnnxModel.parse(network.onnx(), network.source()).proto();
        long operators = model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .findFirst()
                .orElse(0);
        if (operators < OLDEST_OPERATORS) {
            throw new ProviderException(
                    network.source() + " uses version " + operators + " of ONNX's operators; needed is "
                            + OLDEST_OPERATORS + " or newer: export it anew, or run it with the provider cpu");
        }
        return new OnnxModel(model.toBuilder()
                        .setIrVersion(Math.max(OLDEST_FORMAT, model.getIrVersion()))
                        .setGraph(new CountingGraph(network, operators).around(model.getGraph(), transport))
                        .build())
                .toByteArray();
    }

    private GraphProto around(GraphProto network, PixelTransport transport) {
        ImageShape image = signature.image();
        long[] images = {batch, image.channels(), image.height(), image.width()};
        addFront(transport);
        nodes.addAll(network.getNodeList());
        addLabels();
        GraphProto.Builder graph = network.toBuilder().clearNode().clearInput().clearOutput();
        network.getInputList().stream()
                .filter(input -> !input.getName().equals(signature.input()))
                .forEach(graph::addInput);
        return graph.addAllNode(nodes)
                .addAllInitializer(constants.values())
                .addInput(OnnxParts.value(IMAGES, transport.graphType, images))
                .addOutput(OnnxParts.value(LABELS, DataType.FLOAT, batch, 1))
                .addOutput(OnnxParts.value(signature.input(), DataType.FLOAT, images))
                .addOutput(OnnxParts.value(signature.output(), DataType.FLOAT, batch, classes))
                .build();
    }

    private void addFront(PixelTransport transport) {
        switch (transport) {
            case STEPS -> {
                String steps = toFloats("steps", IMAGES);
                String grid = constant("grid", GRID_STEPS);
                nodes.add(OnnxParts.node("Div", List.of(steps, grid), signature.input()));
            }
            case FLOATS -> nodes.add(OnnxParts.node("Identity", List.of(IMAGES), signature.input()));
        }
    }

    private void addLabels() {
        String logits = signature.output();
        String missing = node("IsNaN", "not-a-number", logits);
        String comparable = node("Where", "comparable", missing, constant("lowest", Float.NEGATIVE_INFINITY), logits);
        String largest = reduction("ReduceMax", "largest", comparable);
        String isLargest = node("Equal", "is-largest", comparable, largest);
        String ties = node("Where", "ties", isLargest, classNumbers(), constant("beyond", classes));
        String lowest = reduction("ReduceMin", "lowest-of-ties", ties);

        String anyMissing = reduction("ReduceMax", "any-missing", toFloats("missing", missing));
        String isMissing = node("Equal", "is-missing", anyMissing, constant("one", 1));
        add(OnnxParts.node("Where", List.of(isMissing, constant("none", -1), lowest), LABELS));
    }

    private String node(String operator, String name, String... inputs) {
        return add(OnnxParts.node(operator, List.of(inputs), PREFIX + name));
    }

    private String toFloats(String name, String input) {
        AttributeProto type = OnnxParts.integer("to", DataType.FLOAT_VALUE);
        return add(OnnxParts.node("Cast", List.of(input), PREFIX + name, type));
    }

    /** Reduces each image's row to one value. */
    private String reduction(String operator, String name, String input) {
        AttributeProto keep = OnnxParts.integer("keepdims", 1);
        return add(
                operators < AXES_ARE_INPUTS
                        ? OnnxParts.node(operator, List.of(input), PREFIX + name, keep, OnnxParts.integers("axes", 1))
                        : OnnxParts.node(operator, List.of(input, axis(1)), PREFIX + name, keep));
    }

    private String add(NodeProto node) {
        nodes.add(node);
        return node.getOutput(0);
    }

    private String axis(long axis) {
        return add(OnnxParts.longs(PREFIX + "axis-" + axis, axis));
    }

    private String constant(String name, float value) {
        return add(OnnxParts.floats(PREFIX + name, List.of(), value));
    }

    private String classNumbers() {
        float[] numbers = new float[classes];
        for (int label = 0; label < classes; label++) {
            numbers[label] = label;
        }
        return add(OnnxParts.floats(PREFIX + "classes", List.of(1L, (long) classes), numbers));
    }

    private String add(TensorProto constant) {
        constants.putIfAbsent(constant.getName(), constant);
        return constant.getName();
    }
}
