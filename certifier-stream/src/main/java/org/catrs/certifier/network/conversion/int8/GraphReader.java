// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.StringStringEntryProto;
import org.catrs.schemas.onnx.proto.TensorShapeProto;

/** Reads the steps of a network out of its graph, and puts batch normalisations and ReLUs into the steps before them. */
final class GraphReader {
    /** What to do about a network that cannot be read. */
    static final String INSTEAD = "run this network with --precision fp32";

    private final ModelProto model;
    private final GraphProto graph;
    private final String source;
    private final Constants constants;
    private final ScalingReader scaling;
    private final Map<String, FloatLayer> steps = new LinkedHashMap<>();
    private final Map<String, ImageShape> shapes = new HashMap<>();
    /** Names of the same values in another shape. */
    private final Map<String, String> aliases = new HashMap<>();

    GraphReader(ModelProto model, String source) {
        this.model = model;
        this.graph = model.getGraph();
        this.source = source;
        this.constants = new Constants(graph, source);
        String image = graph.getInputList().stream()
                .map(input -> input.getName())
                .filter(name -> !constants.has(name))
                .findFirst()
                .orElseThrow(() -> new InvalidDataException(source + " has no input; " + INSTEAD));
        ImageShape shape = imageShape(image);
        this.scaling = new ScalingReader(image, shape.channels(), constants);
        shapes.put(image, shape);
    }

    FloatNetwork read() {
        for (NodeProto node : graph.getNodeList()) {
            if (!node.getOpType().equals("Constant") && !scaling.take(node)) {
                add(node);
            }
        }
        PixelScaling read = scaling.read();
        FloatLayer last = steps.get(graph.getOutput(0).getName());
        if (!(last instanceof FloatLayer.Dense logits) || logits.rectified()) {
            throw new InvalidDataException(
                    source + " does not end with a matrix product (Gemm), which int8 needs; " + INSTEAD);
        }
        Map<String, String> metadata = model.getMetadataPropsList().stream()
                .collect(Collectors.toMap(
                        StringStringEntryProto::getKey, StringStringEntryProto::getValue, (a, b) -> b));
        return new FloatNetwork(
                shape(scaling.image()), scaling.image(), read, List.copyOf(steps.values()), shapes, metadata);
    }

    private ImageShape imageShape(String name) {
        TensorShapeProto shape = graph.getInputList().stream()
                .filter(input -> input.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getType()
                .getTensorType()
                .getShape();
        int[] sizes = shape.getDimList().stream()
                .mapToInt(dimension -> Math.toIntExact(dimension.getDimValue()))
                .toArray();
        if (sizes.length != 4 || sizes[1] < 1 || sizes[2] < 1 || sizes[3] < 1) {
            throw new InvalidDataException(source + " takes " + Arrays.toString(sizes) + ", where int8 needs "
                    + "batch x channels x height x width of a fixed size; " + INSTEAD);
        }
        return new ImageShape(sizes[1], sizes[2], sizes[3]);
    }

    private void add(NodeProto node) {
        Attributes attributes = new Attributes(node, source);
        String operator = node.getDomain().isEmpty() ? node.getOpType() : node.getDomain() + "." + node.getOpType();
        switch (operator) {
            case "Conv" -> addConvolution(node, attributes);
            case "BatchNormalization" -> addNormalisation(node, attributes);
            case "Relu" -> rectify(node);
            case "MaxPool" -> {
                Window window = attributes.window(List.of());
                ImageShape shape =
                        window.over(shape(input(node)), shape(input(node)).channels());
                put(new FloatLayer.MaxPooling(input(node), node.getOutput(0), window), shape);
            }
            case "GlobalAveragePool" ->
                put(
                        new FloatLayer.GlobalAveragePooling(input(node), node.getOutput(0)),
                        column(shape(input(node)).channels()));
            case "Add" -> {
                String right = resolved(node.getInput(1));
                attributes.require("shape", shape(right), shape(input(node)));
                put(new FloatLayer.Addition(input(node), right, node.getOutput(0), false), shape(right));
            }
            case "Flatten", "Reshape" -> addFlattening(node, attributes);
            case "Identity", "Dropout" -> aliases.put(node.getOutput(0), input(node));
            case "Gemm" -> addDense(node, attributes);
            default ->
                throw new InvalidDataException(source + " has a node " + operator + " '" + node.getOutput(0)
                        + "', which int8 does not know; " + INSTEAD);
        }
    }

    private void addConvolution(NodeProto node, Attributes attributes) {
        attributes.require("group", attributes.integer("group", 1), 1L);
        String weight = node.getInput(1);
        List<Long> shape = constants.shape(weight);
        Window window = attributes.window(shape.subList(2, 4));
        float[][] weights = rows(constants.floats(weight), Math.toIntExact(shape.get(0)));
        float[] bias = node.getInputCount() > 2 ? constants.floats(node.getInput(2)) : new float[weights.length];
        ImageShape given = window.over(shape(input(node)), weights.length);
        put(new FloatLayer.Convolution(input(node), node.getOutput(0), window, weights, bias, false), given);
    }

    private void addNormalisation(NodeProto node, Attributes attributes) {
        FloatLayer before = takeBack(node);
        if (!(before instanceof FloatLayer.Convolution convolution) || convolution.rectified()) {
            throw new InvalidDataException(source + " has a batch normalisation '" + node.getOutput(0)
                    + "' that does not follow a convolution, which int8 does not know; " + INSTEAD);
        }
        float[] scale = constants.floats(node.getInput(1));
        float[] shift = constants.floats(node.getInput(2));
        float[] mean = constants.floats(node.getInput(3));
        float[] variance = constants.floats(node.getInput(4));
        float epsilon = attributes.number("epsilon", 1e-5f);
        for (int channel = 0; channel < scale.length; channel++) {
            scale[channel] /= (float) Math.sqrt(variance[channel] + (double) epsilon);
            shift[channel] -= mean[channel] * scale[channel];
        }
        put(convolution.normalised(scale, shift, node.getOutput(0)), shape(convolution.output()));
    }

    private void rectify(NodeProto node) {
        String output = node.getOutput(0);
        FloatLayer before = takeBack(node);
        FloatLayer rectified = before.withRelu(output)
                .orElseThrow(() -> new InvalidDataException(source + " has a ReLU '" + output + "' that follows no"
                        + " convolution, sum or matrix product of its own, which int8 does not know; " + INSTEAD));
        put(rectified, shape(before.output()));
    }

    /** The step whose value a node takes; taken out, for one that does the node's work too. */
    private FloatLayer takeBack(NodeProto node) {
        String value = input(node);
        long users = graph.getNodeList().stream()
                .filter(other -> !aliases.containsKey(other.getOutput(0)))
                .filter(other -> other.getInputList().stream()
                        .anyMatch(name -> resolved(name).equals(value)))
                .count();
        FloatLayer before = steps.get(value);
        if (users != 1 || before == null) {
            throw new InvalidDataException(source + " has a node " + node.getOpType() + " '" + node.getOutput(0)
                    + "' whose input is used elsewhere, too, which int8 does not know; " + INSTEAD);
        }
        steps.remove(value);
        return before;
    }

    private void addFlattening(NodeProto node, Attributes attributes) {
        if (node.getOpType().equals("Flatten")) {
            attributes.require("axis", attributes.integer("axis", 1), 1L);
        } else {
            long[] shape = constants.longs(node.getInput(1));
            long size = shape(input(node)).size();
            attributes.require("rank", shape.length, 2);
            attributes.require("columns", shape[1] == -1 ? size : shape[1], size);
        }
        aliases.put(node.getOutput(0), input(node));
    }

    private void addDense(NodeProto node, Attributes attributes) {
        attributes.require("transA", attributes.integer("transA", 0), 0L);
        attributes.require("alpha", attributes.number("alpha", 1), 1f);
        attributes.require("beta", attributes.number("beta", 1), 1f);
        List<Long> shape = constants.shape(node.getInput(1));
        boolean transposed = attributes.integer("transB", 0) == 1;
        int outputs = Math.toIntExact(shape.get(transposed ? 0 : 1));
        float[] values = constants.floats(node.getInput(1));
        float[][] weights = transposed ? rows(values, outputs) : columns(values, outputs);
        float[] bias = node.getInputCount() > 2 ? denseBias(node.getInput(2), outputs) : new float[outputs];
        attributes.require("columns", weights[0].length, shape(input(node)).size());
        put(new FloatLayer.Dense(input(node), node.getOutput(0), weights, bias, false), column(outputs));
    }

    /** A product's bias is a row, or one number for all of it. */
    private float[] denseBias(String name, int outputs) {
        List<Long> shape = constants.shape(name);
        float[] bias = constants.floats(name);
        if (bias.length == 1) {
            float[] row = new float[outputs];
            Arrays.fill(row, bias[0]);
            return row;
        }
        if (bias.length != outputs || shape.get(shape.size() - 1) != outputs) {
            throw new InvalidDataException(source + " has a matrix product of " + outputs + " outputs with the bias '"
                    + name + "' of " + shape + ", which int8 does not know; " + INSTEAD);
        }
        return bias;
    }

    private void put(FloatLayer step, ImageShape shape) {
        steps.put(step.output(), step);
        shapes.put(step.output(), shape);
    }

    private String input(NodeProto node) {
        return resolved(node.getInput(0));
    }

    private String resolved(String name) {
        String value = name;
        while (aliases.containsKey(value)) {
            value = aliases.get(value);
        }
        return value.equals(scaling.scaled()) ? scaling.image() : value;
    }

    private ImageShape shape(String value) {
        ImageShape shape = shapes.get(value);
        if (shape == null) {
            throw new InvalidDataException(
                    source + " uses '" + value + "' in a way that int8 does not know; " + INSTEAD);
        }
        return shape;
    }

    private static ImageShape column(int channels) {
        return new ImageShape(channels, 1, 1);
    }

    private static float[][] rows(float[] values, int count) {
        int length = values.length / count;
        float[][] rows = new float[count][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(values, i * length, (i + 1) * length));
        return rows;
    }

    private static float[][] columns(float[] values, int count) {
        float[][] columns = new float[count][values.length / count];
        for (int i = 0; i < values.length; i++) {
            columns[i % count][i / count] = values[i];
        }
        return columns;
    }
}
