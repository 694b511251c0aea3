// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.junit.jupiter.api.Test;

class GraphBuilderTest {
    private final GraphBuilder graph = new GraphBuilder("classifier");

    @Test
    void shouldNameNodesByWhatTheyGive() {
        String weight = graph.floats("weight", List.of(2L, 1L), 1, 2);
        graph.node("Gemm", List.of("image", weight), "logits", Map.of("transB", List.of(1L), "a", List.of(1L, 2L)));
        NodeProto node = graph().getNode(0);
        assertThat(node.getName()).isEqualTo("Gemm/logits");
        assertThat(node.getInputList()).containsExactly("image", "weight");
        assertThat(node.getOutputList()).containsExactly("logits");
        assertThat(node.hasDomain()).isFalse();
        assertThat(node.getAttributeList())
                .extracting(AttributeProto::getName, AttributeProto::getI, AttributeProto::getIntsList)
                .as("in alphabetical order")
                .containsExactly(tuple("a", 0L, List.of(1L, 2L)), tuple("transB", 1L, List.of()));
    }

    @Test
    void shouldNameTheOperatorsThatItUses() {
        assertThat(graph.model(Map.of()).proto().getOpsetImportList())
                .extracting(OperatorSetIdProto::getDomain)
                .containsExactly("");
        graph.node(GraphBuilder.MICROSOFT, "QLinearAdd", List.of("a", "b"), "sum", Map.of());
        assertThat(graph.model(Map.of()).proto().getOpsetImportList())
                .extracting(OperatorSetIdProto::getDomain, OperatorSetIdProto::getVersion)
                .containsExactly(tuple("", 17L), tuple("com.microsoft", 1L));
    }

    @Test
    void shouldWriteConstantsThatComeBack() {
        graph.floats("floats", List.of(1L, 2L), 0.1f, -2);
        graph.shape("shape", 0, -1);
        TensorProto floats = graph().getInitializer(0);
        assertThat(floats.getDimsList()).containsExactly(1L, 2L);
        assertThat(OnnxValues.floats(floats)).containsExactly(0.1f, -2);
        assertThat(OnnxValues.longs(graph().getInitializer(1))).containsExactly(0, -1);
    }

    @Test
    void shouldReadConstantsThatOthersWroteAsNumbers() {
        TensorProto floats =
                TensorProto.newBuilder().addFloatData(0.1f).addFloatData(-2).build();
        TensorProto longs = TensorProto.newBuilder().addInt64Data(7).build();
        assertThat(OnnxValues.floats(floats)).containsExactly(0.1f, -2);
        assertThat(OnnxValues.longs(longs)).containsExactly(7);
    }

    @Test
    void shouldLeaveTheSizeOfABatchOpen() {
        graph.input("image", DataType.FLOAT, 3, 32, 32);
        assertThat(graph().getInput(0).getType().getTensorType().getShape().getDimList())
                .extracting(dimension -> dimension.hasDimParam() ? dimension.getDimParam() : dimension.getDimValue())
                .containsExactly("batch", 3L, 32L, 32L);
    }

    @Test
    void shouldWriteTheSameFileForTheSameNodes() {
        ModelProto model = graph.model(Map.of("b", "2", "a", "1")).proto();
        assertThat(model.getMetadataPropsList())
                .extracting(entry -> entry.getKey())
                .containsExactly("a", "b");
        assertThat(new GraphBuilder("classifier")
                        .model(Map.of("a", "1", "b", "2"))
                        .toByteArray())
                .isEqualTo(model.toByteArray());
    }

    private GraphProto graph() {
        return graph.model(Map.of()).proto().getGraph();
    }
}
