// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion;

import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catrs.certifier.network.options.Precision;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.OnnxValues;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.StringStringEntryProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/**
 * Makes of a network one that computes in float16: its constants are rounded to the nearest, to even where two are as
 * near, and only its input and its logits stay float32. It is a model of its own, with a hash of its own; the same
 * network always gives the same bytes.
 */
public final class HalfPrecision {
    private static final String KEY = "precision";
    private static final String HALF = "/half";

    /** Operators whose every tensor may be float16, and for which CUDA has such kernels. */
    private static final Set<String> OPERATORS =
            Set.of(("Abs Add AveragePool BatchNormalization Cast Clip Concat Constant Conv Div Dropout Elu Erf Exp "
                            + "Flatten Gather Gelu Gemm GlobalAveragePool GlobalMaxPool HardSigmoid HardSwish Identity "
                            + "LayerNormalization LeakyRelu MatMul MaxPool Mul Neg Pad PRelu Pow ReduceMean Relu Reshape Shape "
                            + "Sigmoid Slice Softmax Split Sqrt Squeeze Sub Tanh Transpose Unsqueeze")
                    .split(" "));

    private final GraphProto graph;
    private final String source;
    private final Map<String, String> renamed;

    private HalfPrecision(GraphProto graph, String source) {
        this.graph = graph;
        this.source = source;
        Set<String> constants =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        this.renamed = Stream.concat(graph.getInputList().stream(), graph.getOutputList().stream())
                .map(ValueInfoProto::getName)
                .filter(name -> !constants.contains(name))
                .distinct()
                .collect(Collectors.toMap(name -> name, name -> name + HALF, (a, b) -> a, TreeMap::new));
    }

    /**
     * Converts a network.
     *
     * @param source names the network in messages
     * @throws InvalidDataException when it has operators that are not known to run in float16, or constants beyond
     *     65,504
     */
    public static byte[] of(byte[] onnx, String source) {
        ModelProto model = OnnxModel.parse(onnx, source).proto();
        requireOperators(new OnnxModel(model), source);
        ModelProto.Builder half = model.toBuilder().setGraph(new HalfPrecision(model.getGraph(), source).convert());
        half.addMetadataProps(StringStringEntryProto.newBuilder().setKey(KEY).setValue(Precision.FP16.toString()));
        return new OnnxModel(half.build()).toByteArray();
    }

    private static void requireOperators(OnnxModel model, String source) {
        Set<String> others = new TreeSet<>();
        for (NodeProto node : model.nodes()) {
            if (!OPERATORS.contains(node.getOpType()) || !Set.of("", "ai.onnx").contains(node.getDomain())) {
                others.add(node.getOpType());
            }
        }
        if (!others.isEmpty()) {
            throw new InvalidDataException(source + " has the operators " + others + ", which are not known to run in"
                    + " float16; run it with --precision fp32");
        }
    }

    private GraphProto convert() {
        GraphProto.Builder half =
                graph.toBuilder().clearNode().clearInitializer().clearInput().clearValueInfo();
        graph.getInitializerList().forEach(constant -> half.addInitializer(convert(constant)));
        for (ValueInfoProto input : graph.getInputList()) {
            if (renamed.containsKey(input.getName())) {
                half.addInput(input);
                half.addNode(cast(input.getName(), input.getName() + HALF, DataType.FLOAT16));
            }
        }
        graph.getNodeList().forEach(node -> half.addNode(convert(node)));
        for (ValueInfoProto output : graph.getOutputList()) {
            half.addNode(cast(output.getName() + HALF, output.getName(), DataType.FLOAT));
        }
        return half.build();
    }

    private NodeProto convert(NodeProto node) {
        NodeProto.Builder half = node.toBuilder().clearInput().clearOutput().clearAttribute();
        node.getInputList().forEach(name -> half.addInput(renamed.getOrDefault(name, name)));
        node.getOutputList().forEach(name -> half.addOutput(renamed.getOrDefault(name, name)));
        node.getAttributeList().forEach(attribute -> half.addAttribute(convert(node, attribute)));
        return half.build();
    }

    private AttributeProto convert(NodeProto node, AttributeProto attribute) {
        if (attribute.hasT()) {
            return attribute.toBuilder().setT(convert(attribute.getT())).build();
        }
        boolean toFloat = node.getOpType().equals("Cast") && attribute.getI() == DataType.FLOAT_VALUE;
        return toFloat ? OnnxParts.integer(attribute.getName(), DataType.FLOAT16_VALUE) : attribute;
    }

    private TensorProto convert(TensorProto constant) {
        if (constant.getDataType() != DataType.FLOAT_VALUE) {
            return constant;
        }
        float[] values = OnnxValues.floats(constant);
        ByteBuffer halves = ByteBuffer.allocate(Short.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            halves.putShort(half(value, constant.getName()));
        }
        return OnnxParts.tensor(constant.getName(), constant.getDimsList(), DataType.FLOAT16, halves.flip());
    }

    private short half(float value, String constant) {
        short half = Fp16Conversions.floatToFp16(value);
        if (Float.isInfinite(Fp16Conversions.fp16ToFloat(half)) && !Float.isInfinite(value)) {
            throw new InvalidDataException(source + " has " + value + " in its constant '" + constant + "', and float16"
                    + " ends at 65504; run it with --precision fp32");
        }
        return half;
    }

    private static NodeProto cast(String from, String to, DataType type) {
        return OnnxParts.node("Cast", List.of(from), to, OnnxParts.integer("to", type.getNumber()));
    }
}
