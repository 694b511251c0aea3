// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatNetworkTest {
    @Test
    void shouldReadStepsWithTheReluThatFollowsThem() {
        FloatNetwork network = read("lenet");

        assertThat(network.image()).isEqualTo(new ImageShape(1, 16, 16));
        assertThat(network.steps())
                .extracting(step -> step.getClass().getSimpleName())
                .containsExactly("Convolution", "MaxPooling", "Convolution", "MaxPooling", "Dense", "Dense");
        assertThat(network.shape(network.steps().get(3).output())).isEqualTo(new ImageShape(10, 2, 2));
        assertThat(network.measured()).hasSize(4).startsWith("image");
    }

    @Test
    void shouldFoldBatchNormalisationsAsTheTrainerDoes() {
        FloatNetwork network = read("residual");
        FloatNetwork folded = read("folded");

        assertThat(network.steps()).hasSameSizeAs(folded.steps());
        FloatLayer.Convolution own = (FloatLayer.Convolution) network.steps().get(1);
        FloatLayer.Convolution other = (FloatLayer.Convolution) folded.steps().get(1);
        assertThat(own.bias()).usingComparatorWithPrecision(1e-6f).containsExactly(other.bias());
        assertThat(own.weights()[3]).usingComparatorWithPrecision(1e-6f).containsExactly(other.weights()[3]);
    }

    @Test
    void shouldReadMeanAndDeviation() {
        PixelScaling scaling = read("residual").scaling();

        assertThat(scaling.means()).containsExactly(0.49f, 0.48f, 0.45f);
        assertThat(scaling.deviations()).containsExactly(0.20f, 0.20f, 0.21f);
        assertThat(read("folded").scaling().deviations()).containsExactly(1, 1, 1);
    }

    /** 2 (255 x - 100) / 50 + 1 is 10.2 (x - 75/255), so mean 75/255 and deviation 25/255. */
    @Test
    void shouldReadAnyOrderOfSumsAndProductsAsMeanAndDeviation() {
        GraphBuilder graph = new GraphBuilder("scaled");
        graph.input("image", DataType.FLOAT, 1, 2, 2);
        graph.node("Mul", List.of(graph.floats("byte", List.of(), 255), "image"), "bytes", Map.of());
        graph.node("Sub", List.of("bytes", graph.floats("mean", List.of(1L, 1L, 1L), 100)), "centred", Map.of());
        graph.node("Div", List.of("centred", graph.floats("deviation", List.of(1L), 50)), "small", Map.of());
        graph.node("Mul", List.of("small", graph.floats("two", List.of(1L), 2)), "doubled", Map.of());
        graph.node("Add", List.of("doubled", graph.floats("one", List.of(1L), 1)), "scaled", Map.of());
        graph.node("Flatten", List.of("scaled"), "flat", Map.of("axis", List.of(1L)));
        graph.node("Gemm", List.of("flat", graph.floats("w", List.of(4L, 2L), new float[8])), "logits", Map.of());
        graph.output("logits", DataType.FLOAT, 2);

        PixelScaling scaling =
                FloatNetwork.of(graph.model(Map.of()), "scaled.onnx").scaling();

        assertThat(scaling.means()).usingComparatorWithPrecision(1e-6f).containsExactly(75 / 255f);
        assertThat(scaling.deviations()).usingComparatorWithPrecision(1e-6f).containsExactly(25 / 255f);
    }

    @Test
    void shouldRefuseAnOperatorWithoutAnIntegerOne() {
        assertThatThrownBy(() -> read("unknown"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("unknown.onnx has a node Sigmoid")
                .hasMessageEndingWith("run this network with --precision fp32");
    }

    @ParameterizedTest
    @CsvSource({
        "0, group, 3, {group=3}",
        "0, dilations, 2, {dilations=[2, 2]}",
        "3, auto_pad, 0, {auto_pad=SAME_UPPER}",
        "2, ceil_mode, 1, {ceil_mode=1}",
        "7, transA, 1, {transA=1}",
    })
    void shouldRefuseAnOperatorInAFormThatItDoesNotKnow(int node, String name, int value, String found) {
        ModelProto.Builder model = Graphs.read("lenet").proto().toBuilder();
        NodeProto.Builder changed = model.getGraphBuilder().getNodeBuilder(node);
        AttributeProto.Builder attribute = changed.addAttributeBuilder().setName(name);
        if (name.equals("auto_pad")) {
            attribute.setS(com.google.protobuf.ByteString.copyFromUtf8("SAME_UPPER"));
        } else if (name.equals("dilations")) {
            attribute.addAllInts(List.of((long) value, (long) value));
        } else {
            attribute.setI(value);
        }

        assertThatThrownBy(() -> FloatNetwork.of(new OnnxModel(model.build()), "lenet.onnx"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(found)
                .hasMessageEndingWith("run this network with --precision fp32");
    }

    @Test
    void shouldNotTakeAReluIntoASumThatIsUsedUnderAnotherNameToo() {
        ModelProto.Builder model = Graphs.read("lenet").proto().toBuilder();
        NodeProto relu = model.getGraph().getNodeList().stream()
                .filter(node -> node.getOpType().equals("Relu"))
                .findFirst()
                .orElseThrow();
        String before = relu.getInput(0);
        int place = model.getGraph().getNodeList().indexOf(relu);
        List<NodeProto> nodes = new ArrayList<>(model.getGraph().getNodeList());
        nodes.set(place, relu.toBuilder().setInput(0, "same").build());
        nodes.add(
                place,
                NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput(before)
                        .addOutput("same")
                        .build());
        nodes.add(
                place + 2,
                NodeProto.newBuilder()
                        .setOpType("Add")
                        .addInput(relu.getOutput(0))
                        .addInput(before)
                        .addOutput("sum")
                        .build());
        model.getGraphBuilder().clearNode().addAllNode(nodes);

        assertThatThrownBy(() -> FloatNetwork.of(new OnnxModel(model.build()), "lenet.onnx"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("whose input is used elsewhere, too");
    }

    @Test
    void shouldTakeOneNumberForTheBiasOfAProduct() {
        assertThat(logits(graph -> graph.floats("bias", List.of(1L), 3)).bias()).containsExactly(3, 3);
        assertThat(logits(graph -> graph.floats("bias", List.of(1L, 2L), 3, 4)).bias())
                .containsExactly(3, 4);
        assertThatThrownBy(() -> logits(graph -> graph.floats("bias", List.of(3L), 3, 4, 5)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("a matrix product of 2 outputs with the bias 'bias' of [3]");
    }

    private static FloatLayer.Dense logits(Function<GraphBuilder, String> bias) {
        GraphBuilder graph = new GraphBuilder("biased");
        graph.input("image", DataType.FLOAT, 1, 2, 2);
        graph.node("Flatten", List.of("image"), "flat", Map.of("axis", List.of(1L)));
        graph.node(
                "Gemm",
                List.of("flat", graph.floats("w", List.of(4L, 2L), new float[8]), bias.apply(graph)),
                "logits",
                Map.of());
        graph.output("logits", DataType.FLOAT, 2);
        return (FloatLayer.Dense)
                FloatNetwork.of(graph.model(Map.of()), "biased.onnx").steps().get(0);
    }

    private static FloatNetwork read(String name) {
        return FloatNetwork.of(Graphs.read(name), name + ".onnx");
    }
}
