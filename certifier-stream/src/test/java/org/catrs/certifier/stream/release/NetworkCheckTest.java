// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.catrs.certifier.network.model.TestModel;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.FunctionProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.junit.jupiter.api.Test;

class NetworkCheckTest {
    private static final long MOST_BYTES = 1 << 20;

    @Test
    void shouldTakeWhatTheDoorOfNetworksTakes() throws IOException {
        byte[] whole = network(model -> {});
        byte[] withFunction = network(NetworkCheckTest::useFunction);

        assertThatNoException().isThrownBy(() -> check(whole));
        assertThatNoException().isThrownBy(() -> check(withFunction));
    }

    @Test
    void shouldSayWhatTheDoorSays() throws IOException {
        byte[] outside = network(model ->
                constant(model).clearRawData().clearFloatData().setDataLocation(TensorProto.DataLocation.EXTERNAL));
        byte[] unheard =
                network(model -> model.getGraphBuilder().getNodeBuilder(0).setOpType("Unheard"));
        byte[] tomorrow = network(model -> model.getOpsetImportBuilder(0).setVersion(99));

        assertRefused(outside, RefusalReason.EXTERNAL_DATA, "deploy/catrs adopt");
        assertRefused(unheard, RefusalReason.CUSTOM_OPERATOR, "of the operator Unheard");
        assertRefused(tomorrow, RefusalReason.CUSTOM_OPERATOR, "uses version 99 of ONNX's operators");
        assertRefused(new byte[] {1, 2, 3}, RefusalReason.NOT_ONNX, "no ONNX model");
    }

    private static TensorProto.Builder constant(ModelProto.Builder model) {
        return model.getGraphBuilder().getInitializerBuilder(0);
    }

    /** The image goes through a function of the file's own, which changes nothing. */
    private static void useFunction(ModelProto.Builder model) {
        GraphProto.Builder graph = model.getGraphBuilder();
        String image = graph.getInput(0).getName();
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                node.setInput(i, node.getInput(i).equals(image) ? "same" : node.getInput(i));
            }
        }
        graph.addNode(
                0,
                NodeProto.newBuilder()
                        .setDomain("local")
                        .setOpType("Same")
                        .addInput(image)
                        .addOutput("same"));
        model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("local").setVersion(1));
        model.addFunctions(FunctionProto.newBuilder()
                .setDomain("local")
                .setName("Same")
                .addInput("a")
                .addOutput("o")
                .addNode(NodeProto.newBuilder()
                        .setOpType("Identity")
                        .addInput("a")
                        .addOutput("o"))
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17)));
    }

    private static byte[] network(Consumer<ModelProto.Builder> alteration) throws IOException {
        Path file = TestModel.folder().resolve(ModelManifest.ONNX_FILE_NAME);
        ModelProto.Builder model = OnnxModel.parse(Files.readAllBytes(file), "model.onnx").proto().toBuilder();
        alteration.accept(model);
        return model.build().toByteArray();
    }

    private static void check(byte[] onnx) {
        ModelManifest manifest = ModelManifest.read(TestModel.folder().resolve(ModelManifest.FILE_NAME));
        NetworkCheck.check(onnx, manifest, "F/model.onnx", MOST_BYTES);
    }

    private static void assertRefused(byte[] onnx, RefusalReason reason, String message) {
        assertThatThrownBy(() -> check(onnx))
                .isInstanceOf(RefusedReleaseException.class)
                .hasMessageContaining(message)
                .extracting(thrown -> ((RefusedReleaseException) thrown).reason())
                .isEqualTo(reason);
    }
}
