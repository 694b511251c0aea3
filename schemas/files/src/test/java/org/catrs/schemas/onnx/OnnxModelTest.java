// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.junit.jupiter.api.Test;

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
        assertThat(model.domains()).containsExactly("", "com.example");
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
}
