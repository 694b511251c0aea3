// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.MachineShare;
import org.catrs.certifier.network.options.Optimization;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.network.session.NetworkFile;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.junit.jupiter.api.Test;

final class AutotunerTest {
    private static final InferenceOptions PINNED =
            new InferenceOptions(1, null, ExecutionProvider.CPU, null, new Tuning(Optimization.EXTENDED, 16));

    @Test
    void shouldTakeUpANetworkWithOtherWeightsAsItFoundTheFirst() {
        CpuRun first = fastest(Networks.bytes("convolutional"), PINNED);

        assertThat(fastest(otherWeights("convolutional"), PINNED.at(MachineShare.BESIDE_IMAGES)))
                .isSameAs(first);
    }

    @Test
    void shouldMeasureANetworkOfAnotherStructureAlsoBesideImages() {
        InferenceOptions options = PINNED.at(MachineShare.BESIDE_IMAGES);

        assertThat(fastest(Networks.bytes("identity"), options))
                .isNotSameAs(fastest(Networks.bytes("convolutional"), options));
    }

    private static CpuRun fastest(byte[] onnx, InferenceOptions options) {
        NetworkFile file = file(onnx);
        try (OnnxSession network = file.open(Optimization.EXTENDED.level())) {
            return Autotuner.fastest(file, network.signature(), options);
        }
    }

    private static NetworkFile file(byte[] onnx) {
        return new NetworkFile(onnx, "model.onnx", null);
    }

    /** All weights 0, and made by another program. */
    private static byte[] otherWeights(String name) {
        ModelProto.Builder model =
                OnnxModel.parse(Networks.bytes(name), name).proto().toBuilder().setProducerVersion("another");
        GraphProto.Builder graph = model.getGraphBuilder();
        for (TensorProto.Builder constant : graph.getInitializerBuilderList()) {
            if (constant.getDataType() == TensorProto.DataType.FLOAT_VALUE) {
                constant.setRawData(
                        ByteString.copyFrom(new byte[constant.getRawData().size()]));
            }
        }
        return model.build().toByteArray();
    }
}
