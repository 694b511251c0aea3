// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OnnxModelTest {
    /** Written by networks.py, which stands beside it. */
    private static byte[] nested() throws IOException {
        try (InputStream in = OnnxModelTest.class.getResourceAsStream("nested.onnx")) {
            return in.readAllBytes();
        }
    }

    @Test
    void shouldFindOperatorsInBranchesAndFunctions() throws Exception {
        OnnxModel model = OnnxModel.parse(nested(), "nested.onnx");

        assertThat(model.nodes())
                .extracting(NodeProto::getOpType)
                .containsExactlyInAnyOrder("If", "Relu", "Noise", "Constant", "Add", "Neg");
    }

    @Test
    void shouldFindConstantsAndThoseOutsideOfTheFile() throws Exception {
        OnnxModel model = OnnxModel.parse(nested(), "nested.onnx");

        assertThat(model.tensors())
                .extracting(TensorProto::getName)
                .containsExactlyInAnyOrder("outer", "inner", "other", "three");
        assertThat(model.hasExternalData()).isTrue();
    }

    @Test
    void shouldWriteTheFileThatItRead() throws Exception {
        OnnxModel model = OnnxModel.parse(nested(), "nested.onnx");

        OnnxModel again = OnnxModel.parse(model.toByteArray(), "again");
        assertThat(again).isEqualTo(model);
        assertThat(again.toByteArray()).hasSameSizeAs(nested()).isEqualTo(model.toByteArray());
    }

    @Test
    void shouldRefuseWhatIsNoOnnxModel() throws Exception {
        byte[] whole = nested();
        for (byte[] bytes : new byte[][] {
            {}, "no model".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(whole, whole.length / 2), {8, 8}
        }) {
            assertThatExceptionOfType(InvalidDataException.class)
                    .isThrownBy(() -> OnnxModel.parse(bytes, "model.onnx"))
                    .withMessageStartingWith("model.onnx: these " + bytes.length + " bytes are no ONNX model: ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | the file is empty",
                "1f8b0800                               | it is compressed by gzip",
                "504b0304 6172636869 2f646174612e706b6c | it is a PyTorch file",
                "504b0304 636f6e6669672e6a736f6e        | it is a Keras file",
                "504b0304 636f6e6669672e6a736f6e        | keras.saving.load_model('model.onnx')",
                "894844460d0a1a0a                       | python -m tf2onnx.convert --keras model.onnx",
                "81a6706172616d73                       | it holds weights alone, as Flax of JAX writes them",
                "504b0304                               | it is a zip archive",
                "8002 8a0a 6cfc9c46                     | it is a Python pickle",
                "894844460d0a1a0a                       | it is HDF5",
                "1c000000 54464c33                      | it is a TensorFlow Lite model",
                "20000000 4f52544d                      | it is in ONNX Runtime's own format",
                "0801 12 ff01 0a                        | it is the graph of a TensorFlow SavedModel",
                "2000000000000000 7b22                  | it holds weights alone, as safetensors",
                "3c21444f43545950452068746d6c3e         | it is a web page",
                "7b2261223a317d                         | it is JSON",
                "68656c6c6f                             | it is text",
                "ffffffff                               | it breaks off at byte 4"
            })
    void shouldSayWhatElseAFileLooksLike(String hex, String kind) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> OnnxModel.parse(bytes, "model.onnx"))
                .withMessageContaining(kind);
    }

    @Test
    void shouldSayWhereAFileIsTruncated() throws Exception {
        byte[] part = Arrays.copyOf(nested(), 100);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> OnnxModel.parse(part, "model.onnx"))
                .withMessageMatching(".* it is truncated at byte 100: its graph goes on to byte \\d+: .*");
    }
}
