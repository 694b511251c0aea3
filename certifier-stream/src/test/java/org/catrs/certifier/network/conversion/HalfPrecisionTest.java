// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.List;
import org.assertj.core.data.Offset;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.OnnxClassifier;
import org.catrs.certifier.network.cuda.DeviceNetwork;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.network.session.Device;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The CPU runs float16 networks too, slowly, in float32 with roundings in between: good enough to test them. */
class HalfPrecisionTest {
    private static final Offset<Float> ROUNDING = Offset.offset(0.02f);

    @Test
    void shouldHoldEachConstantInHalfTheBytesAndAlwaysGiveTheSameFile() {
        byte[] half = HalfPrecision.of(Networks.bytes("convolutional"), "model");

        assertThat(OnnxModel.parse(half, "half").tensors())
                .hasSize(4)
                .allMatch(constant -> constant.getDataType() == DataType.FLOAT16_VALUE);
        assertThat(Sha256.of(half))
                .isEqualTo(Sha256.of(HalfPrecision.of(Networks.bytes("convolutional"), "model")))
                .isNotEqualTo(Sha256.of(Networks.bytes("convolutional")));
    }

    @Test
    void shouldRoundToTheNearestAndToEvenWhereTwoAreAsNear() {
        // numpy.float32([1/3, 65519.99, -0.0, 1 + 1/2048, 1 + 3/2048, 6e-8]).astype(numpy.float16).view(numpy.uint16)
        short[] expected = {0x3555, 0x7bff, (short) 0x8000, 0x3c00, 0x3c02, 0x0001};
        byte[] half =
                HalfPrecision.of(withConstant(1f / 3, 65519.99f, -0f, 1 + 1f / 2048, 1 + 3f / 2048, 6e-8f), "model");

        TensorProto constant = constant(half);
        assertThat(constant.getRawData().size()).isEqualTo(2 * expected.length);
        for (int i = 0; i < expected.length; i++) {
            int low = constant.getRawData().byteAt(2 * i) & 0xFF;
            int high = constant.getRawData().byteAt(2 * i + 1) & 0xFF;
            assertThat((short) (high << 8 | low)).isEqualTo(expected[i]);
        }
    }

    @Test
    void shouldRefuseConstantsThatFloat16CannotHold() {
        byte[] onnx = withConstant(1, 65520f);

        assertThatThrownBy(() -> HalfPrecision.of(onnx, "model"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "model has 65520.0 in its constant 'wide', and float16 ends at 65504; run it with --precision"
                                + " fp32");
    }

    @Test
    void shouldRefuseOperatorsThatItDoesNotKnow() {
        assertThatThrownBy(() -> HalfPrecision.of(Networks.bytes("label-output"), "model"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("model has the operators [ArgMax], which are not known to run in float16");
    }

    @Test
    void shouldGiveNearlyTheSameLogits() throws Exception {
        float[] whole = logits(Networks.bytes("convolutional"));
        float[] half = logits(HalfPrecision.of(Networks.bytes("convolutional"), "model"));

        assertThat(half).isNotEqualTo(whole).hasSameSizeAs(whole);
        for (int i = 0; i < whole.length; i++) {
            assertThat(half[i]).isCloseTo(whole[i], ROUNDING);
        }
    }

    @Test
    void shouldGiveNearlyTheSameCounts() throws ProviderException {
        ClassCounts whole = count(Networks.bytes("convolutional"));
        ClassCounts half = count(HalfPrecision.of(Networks.bytes("convolutional"), "model"));

        for (int label = 0; label < whole.classes(); label++) {
            assertThat(Math.abs(half.of(label) - whole.of(label))).isLessThan(100);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "auto", "cuda"})
    void shouldNotRunWithoutAGpu(String provider) {
        InferenceOptions options = new InferenceOptions(1, Precision.FP16, ExecutionProvider.parse(provider), null);
        byte[] half = HalfPrecision.of(Networks.bytes("convolutional"), "model");

        assertThatThrownBy(() -> OnnxClassifier.load(half, "model", options).close())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("cuda");
    }

    private static float[] logits(byte[] onnx) throws Exception {
        try (OnnxSession network = OnnxSession.open(onnx, "model", OptLevel.EXTENDED_OPT);
                BatchRunner runner = new BatchRunner(network, 4, network.classes(4, "model"))) {
            for (int i = 0; i < runner.image().length; i++) {
                runner.image()[i] = (i % 255) / 255f;
            }
            runner.put(3);
            runner.run();
            return runner.logits(3);
        }
    }

    private static ClassCounts count(byte[] onnx) throws ProviderException {
        DeviceNetwork network = DeviceNetwork.of(onnx, "model", Tuning.AUTOMATIC);
        try (OnnxClassifier classifier =
                Networks.on(List.of(new Device.Cpu()), network, new InferenceOptions(2, Precision.FP16))) {
            return classifier.count(
                    Networks.image(classifier.inputShape()),
                    new SmoothingParameters(1, 0.001, 100, 1000, NoiseKind.DISCRETE),
                    Seed.parse("000102030405060708090a0b0c0d0e0f"),
                    Phase.ESTIMATION,
                    0,
                    10_000);
        }
    }

    private static byte[] withConstant(float... values) {
        ModelProto.Builder model = OnnxModel.parse(Networks.bytes("convolutional"), "model").proto().toBuilder();
        model.getGraphBuilder().addInitializer(OnnxParts.floats("wide", List.of((long) values.length), values));
        return new OnnxModel(model.build()).toByteArray();
    }

    private static TensorProto constant(byte[] onnx) {
        return OnnxModel.parse(onnx, "half").tensors().stream()
                .filter(constant -> constant.getName().equals("wide"))
                .findFirst()
                .orElseThrow();
    }
}
