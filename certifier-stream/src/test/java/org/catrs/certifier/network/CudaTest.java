// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.catrs.certifier.network.conversion.HalfPrecision;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a GPU can show. To be run alone, since a process loads ONNX Runtime once: {@code tests/bench-gpu} does. */
@EnabledIfEnvironmentVariable(
        named = CudaTest.NATIVES,
        matches = ".+",
        disabledReason = "needs a GPU and, in CATRS_CUDA_NATIVES, the folder of onnxruntime_gpu's libraries")
class CudaTest {
    static final String NATIVES = "CATRS_CUDA_NATIVES";

    private static final long SAMPLES = 20_000;

    @ParameterizedTest
    @EnumSource(NoiseKind.class)
    void shouldCountAsTheProcessorDoesButForVotesThatRoundingDecides(NoiseKind noise) {
        ClassCounts expected = count(load("convolutional", "cpu", Precision.FP32), noise);
        ClassCounts counts = count(load("convolutional", "cuda", Precision.FP32), noise);

        assertThat(counts.samples()).isEqualTo(SAMPLES);
        for (int label = 0; label < counts.classes(); label++) {
            assertThat(Math.abs(counts.of(label) - expected.of(label))).isLessThan(SAMPLES / 1000);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda", "cuda:all"})
    void shouldCountAlikeInEachRun(String provider) {
        ClassCounts expected = count(load("convolutional", provider, Precision.FP32), NoiseKind.DISCRETE);

        assertThat(count(load("convolutional", provider, Precision.FP32), NoiseKind.DISCRETE))
                .isEqualTo(expected);
    }

    /** At each place of a batch and beside whatever else. */
    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "FP16"})
    void shouldGiveAnImageItsOwnVotesWhateverSharesItsBatches(Precision precision) throws Exception {
        try (OnnxClassifier shared = load("convolutional", "cuda", precision);
                OnnxClassifier alone = load("convolutional", "cuda", precision)) {
            SharedBatchesTest.requireOwnVotes(13, shared, alone);
            assertThat(shared.batchFill().share())
                    .isGreaterThan(alone.batchFill().share());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Precision.class,
            names = {"FP32", "FP16"})
    void shouldSayWhatItRunsOn(Precision precision) {
        try (OnnxClassifier classifier = load("convolutional", "auto", precision)) {
            assertThat(classifier.engine().provider()).isEqualTo("cuda");
            assertThat(classifier.engine().precision()).isEqualTo(precision.toString());
        }
    }

    @Test
    void shouldRefuseADeviceThatIsNotThere() {
        assertThatThrownBy(
                        () -> load("convolutional", "cuda:99", Precision.FP32).close())
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("a session on cuda:99 does not start: ");
    }

    private static ClassCounts count(OnnxClassifier opened, NoiseKind noise) {
        try (OnnxClassifier classifier = opened) {
            return classifier.count(
                    Networks.image(classifier.inputShape()),
                    new SmoothingParameters(1, 0.001, 100, SAMPLES, noise),
                    Seed.parse("000102030405060708090a0b0c0d0e0f"),
                    Phase.ESTIMATION,
                    0,
                    SAMPLES);
        }
    }

    private static OnnxClassifier load(String name, String provider, Precision precision) {
        byte[] onnx = Networks.bytes(name);
        return OnnxClassifier.load(
                precision == Precision.FP16 ? HalfPrecision.of(onnx, name) : onnx,
                name + ".onnx",
                new InferenceOptions(0, precision, ExecutionProvider.parse(provider), Path.of(System.getenv(NATIVES))));
    }
}
