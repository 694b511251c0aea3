// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.List;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.conversion.QuantizedNetwork;
import org.catrs.certifier.network.conversion.int8.Graphs;
import org.catrs.certifier.network.options.Precision;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorShapeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontTrialTest {
    private static final String SOURCE = "int8.onnx";

    private OnnxModel model;

    @BeforeAll
    void quantize() {
        byte[] floats = Graphs.bytes("residual");
        try (OnnxSession network = OnnxSession.open(floats, "residual", OptLevel.EXTENDED_OPT)) {
            List<ImageTensor> images =
                    List.of(Networks.image(network.signature().image()));
            model = OnnxModel.parse(
                    QuantizedNetwork.of(floats, "residual", images, 0.5).onnx(), SOURCE);
        }
    }

    @Test
    void shouldTakeWhatTheQuantizerWrote() {
        assertThat(NetworkFile.of(model.toByteArray(), SOURCE).precision()).isEqualTo(Precision.INT8);
    }

    @Test
    void shouldNameBothCodesOfAPixelThatTheFrontTreatsOtherwise() {
        assertRefused(
                behind("Neg"),
                "give a pixel of -?\\d+/255 in channel \\d the code \\d+, where its constants give \\d+");
    }

    @Test
    void shouldSeeThatChannelsWereExchanged() {
        assertRefused(
                behind("Gather", OnnxParts.longs("extra", 2, 1, 0)),
                "give a pixel of -?\\d+/255 in channel [02] the code \\d+, where its constants give \\d+");
    }

    /** It could treat one place otherwise for one value of a pixel, which no trial would find. */
    @Test
    void shouldRefuseANodeThatTheQuantizerDoesNotWriteWhateverItDoes() {
        assertRefused(behind("Identity"), "with the node Identity of \\[extra.output\\] before its codes");
    }

    @Test
    void shouldRefuseWhatOnlySaysThatItIsQuantized() {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        for (ValueInfoProto.Builder value : graph.getValueInfoBuilderList()) {
            TensorShapeProto.Builder shape =
                    value.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
            shape.getDimBuilder(1).setDimValue(shape.getDim(1).getDimValue() + 1);
        }

        assertRefused(graph, "says that it is an int8 network of catrs, but does not make uint8 codes");
    }

    /** The network with a node between its images and its own first node. */
    private GraphProto.Builder behind(String operator, TensorProto... constants) {
        GraphProto graph = model.proto().getGraph();
        String image = graph.getInput(0).getName();
        List<String> inputs = constants.length == 0 ? List.of(image) : List.of(image, constants[0].getName());
        GraphProto.Builder altered = graph.toBuilder().clearNode().addAllInitializer(List.of(constants));
        NodeProto extra = OnnxParts.node(operator, inputs, "extra.output");
        altered.addNode(
                constants.length == 0
                        ? extra
                        : extra.toBuilder()
                                .addAttribute(OnnxParts.integer("axis", 1))
                                .build());
        for (NodeProto node : graph.getNodeList()) {
            List<String> others = node.getInputList().stream()
                    .map(name -> name.equals(image) ? "extra.output" : name)
                    .toList();
            altered.addNode(node.toBuilder().clearInput().addAllInput(others));
        }
        return altered;
    }

    private void assertRefused(GraphProto.Builder graph, String pattern) {
        byte[] onnx = model.proto().toBuilder().setGraph(graph).build().toByteArray();

        assertThatThrownBy(() -> NetworkFile.of(onnx, SOURCE))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(SOURCE)
                .message()
                .containsPattern(pattern);
    }
}
