// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/** A network as people bring it, written node by node; its weights are drawn from a seed. */
public final class ForeignGraph {
    public static final int CLASSES = 5;
    public static final int SIDE = 8;
    private static final int FILTERS = 6;

    private final GraphBuilder graph = new GraphBuilder("theirs");
    private final List<ValueInfoProto> inputs = new ArrayList<>();
    private final List<ValueInfoProto> outputs = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(7);
    private final DataType type;
    private String value = "";
    private int count;

    ForeignGraph(DataType type) {
        this.type = type;
    }

    public static ForeignGraph floats() {
        return new ForeignGraph(DataType.FLOAT);
    }

    /** An input; 0 for a size that is open. */
    ForeignGraph input(DataType of, long... sizes) {
        ValueInfoProto.Builder input = OnnxParts.value("x", of, sizes).toBuilder();
        var shape = input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        for (int i = 0; i < sizes.length; i++) {
            if (sizes[i] == 0) {
                shape.getDimBuilder(i).setDimParam("d" + i);
            }
        }
        inputs.add(input.build());
        value = "x";
        return this;
    }

    public ForeignGraph pixels() {
        return input(type, 0, 3, SIDE, SIDE);
    }

    String value() {
        return value;
    }

    ForeignGraph node(String operator, Map<String, List<Long>> attributes, String... others) {
        List<String> all = new ArrayList<>(List.of(value));
        all.addAll(List.of(others));
        String output = "v" + count++;
        graph.node(operator, all, output, attributes);
        value = output;
        return this;
    }

    ForeignGraph node(String operator, String... others) {
        return node(operator, Map.of(), others);
    }

    ForeignGraph add(NodeProto node) {
        graph.add(node);
        value = node.getOutput(node.getOutputCount() - 1);
        return this;
    }

    /** A constant with numbers of the network's type. */
    String constant(List<Long> shape, float... numbers) {
        String name = "c" + count++;
        int bytes = switch (type) {
            case DOUBLE -> Double.BYTES;
            case FLOAT16 -> Short.BYTES;
            default -> Float.BYTES;
        };
        ByteBuffer raw = ByteBuffer.allocate(bytes * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : numbers) {
            switch (type) {
                case DOUBLE -> raw.putDouble(number);
                case FLOAT16 -> raw.putShort(Fp16Conversions.floatToFp16(number));
                default -> raw.putFloat(number);
            }
        }
        return graph.constant(OnnxParts.tensor(name, shape, type, raw.flip()));
    }

    String shape(long... sizes) {
        return graph.shape("s" + count++, sizes);
    }

    float[] weights(int size) {
        float[] weights = new float[size];
        for (int i = 0; i < size; i++) {
            weights[i] = (float) random.nextGaussian() / 4;
        }
        return weights;
    }

    ForeignGraph convolution(int from, int to) {
        String weights = constant(List.of((long) to, (long) from, 3L, 3L), weights(to * from * 9));
        return node("Conv", Map.of("pads", List.of(1L, 1L, 1L, 1L), "kernel_shape", List.of(3L, 3L)), weights);
    }

    ForeignGraph dense(int from, int to) {
        return node(
                "Gemm",
                constant(List.of((long) from, (long) to), weights(from * to)),
                constant(List.of((long) to), weights(to)));
    }

    /** Convolution and ReLU, without what makes rows of it. */
    ForeignGraph body() {
        return convolution(3, FILTERS).node("Relu");
    }

    ForeignGraph flatten() {
        return node("Flatten", Map.of("axis", List.of(1L)));
    }

    ForeignGraph head(int classes) {
        return dense(FILTERS * SIDE * SIDE, classes);
    }

    /** The whole network up to its logits. */
    public ForeignGraph classifier() {
        return body().flatten().head(CLASSES);
    }

    ForeignGraph output(DataType of, long... sizes) {
        outputs.add(OnnxParts.batch(value, of, sizes));
        return this;
    }

    ForeignGraph output(ValueInfoProto output) {
        outputs.add(output);
        return this;
    }

    public ForeignGraph logits() {
        return output(type, CLASSES);
    }

    OnnxModel model(Map<String, String> metadata) {
        inputs.forEach(graph::input);
        outputs.forEach(graph::output);
        return graph.model(metadata);
    }

    public OnnxModel model() {
        return model(Map.of());
    }

    static OnnxModel withVersions(OnnxModel model, long operators, long ir) {
        ModelProto.Builder changed = model.proto().toBuilder().setIrVersion(ir);
        changed.getOpsetImportBuilder(0).setVersion(operators);
        return new OnnxModel(changed.build());
    }

    static List<Long> longs(long... values) {
        return LongStream.of(values).boxed().toList();
    }

    static float[] reversedChannels(float[] image) {
        int plane = image.length / 3;
        float[] reversed = new float[image.length];
        IntStream.range(0, image.length).forEach(i -> reversed[(2 - i / plane) * plane + i % plane] = image[i]);
        return reversed;
    }
}
