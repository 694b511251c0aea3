// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that exporters write beside a network, one after the other into a file. */
final class WeightFilesTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");
    private final OnnxModel whole =
            ForeignGraph.floats().pixels().classifier().logits().model();

    @BeforeEach
    void nameTheNetwork() throws IOException {
        file = Files.createDirectories(folder.resolve("model")).resolve("theirs.onnx");
    }

    /** The network with all values in a file, as the standard writes where. */
    private OnnxModel apart(String location) throws IOException {
        ModelProto.Builder apart = whole.proto().toBuilder();
        Path values = file.resolveSibling("theirs.onnx.data");
        long offset = 0;
        try (OutputStream out = Files.newOutputStream(values)) {
            for (TensorProto.Builder tensor : apart.getGraphBuilder().getInitializerBuilderList()) {
                byte[] raw = tensor.getRawData().toByteArray();
                out.write(raw);
                outside(tensor, location, offset, raw.length);
                offset += raw.length;
            }
        }
        return new OnnxModel(apart.build());
    }

    private static void outside(TensorProto.Builder tensor, String location, long offset, long length) {
        tensor.clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
        tensor.addExternalDataBuilder().setKey("location").setValue(location);
        tensor.addExternalDataBuilder().setKey("offset").setValue(Long.toString(offset));
        tensor.addExternalDataBuilder().setKey("length").setValue(Long.toString(length));
    }

    @Test
    void shouldTakeInWhatLiesBesideTheNetwork() throws IOException {
        List<String> steps = new ArrayList<>();

        OnnxModel taken = WeightFiles.takenIn(apart("theirs.onnx.data"), file, steps);

        assertThat(taken).isEqualTo(whole);
        assertThat(steps).singleElement().asString().contains("[theirs.onnx.data]");
    }

    @Test
    void shouldTakeInTheConstantsOfNodes() throws IOException {
        Files.write(file.resolveSibling("w.bin"), new byte[] {0, 0, 0, 0, 0, 0, -128, 63});
        TensorProto.Builder one = TensorProto.newBuilder().setName("one").setDataType(1);
        outside(one, "w.bin", 4, 4);
        NodeProto.Builder node = NodeProto.newBuilder().setOpType("Constant").addOutput("c");
        node.addAttributeBuilder().setName("value").setT(one);
        ModelProto.Builder model = whole.proto().toBuilder();
        model.getGraphBuilder().addNode(node);

        OnnxModel taken = WeightFiles.takenIn(new OnnxModel(model.build()), file, new ArrayList<>());

        assertThat(taken.hasExternalData()).isFalse();
        assertThat(new GraphSearch(taken).floats("c").orElseThrow()).containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../secret.bin | which is not below its folder",
                "/etc/passwd   | which is not below its folder",
                "gone.data     | is not there: copy it there",
                "''            | which is not below its folder",
            })
    void shouldRefuseFilesThatAreMissingOrElsewhere(String location, String message) throws IOException {
        Files.write(folder.resolve("secret.bin"), new byte[1 << 16]);
        OnnxModel model = apart(location);

        assertThatThrownBy(() -> WeightFiles.takenIn(model, file, new ArrayList<>()))
                .hasMessageContaining(message);
    }

    @Test
    void shouldRefuseALinkThatLeadsElsewhere() throws IOException {
        Files.write(folder.resolve("secret.bin"), new byte[1 << 16]);
        OnnxModel model = apart("link.data");
        Files.createSymbolicLink(file.resolveSibling("link.data"), folder.resolve("secret.bin"));

        assertThatThrownBy(() -> WeightFiles.takenIn(model, file, new ArrayList<>()))
                .hasMessageContaining("a link that leads out of its folder");
    }

    @Test
    void shouldRefuseAFileThatIsTooShort() throws IOException {
        OnnxModel model = apart("theirs.onnx.data");
        Files.write(file.resolveSibling("theirs.onnx.data"), new byte[10]);

        assertThatThrownBy(() -> WeightFiles.takenIn(model, file, new ArrayList<>()))
                .hasMessageContaining("has 10 bytes, but");
    }
}
