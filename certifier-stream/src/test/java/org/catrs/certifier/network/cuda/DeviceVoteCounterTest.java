// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.catrs.certifier.network.MixedWhereBright;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.OnnxClassifier;
import org.catrs.certifier.network.options.Assurance;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.network.session.Device;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole way of the data to a device and back, with the CPU as the device. */
class DeviceVoteCounterTest {
    private static final Seed SEED = Seed.parse("000102030405060708090a0b0c0d0e0f");
    private static final Device CPU = new Device.Cpu();

    @ParameterizedTest
    @EnumSource(NoiseKind.class)
    void shouldCountAsTheCpusOwnPathDoes(NoiseKind noise) throws ProviderException {
        ClassCounts expected;
        try (OnnxClassifier classifier = Networks.classifier("convolutional", 1, 32)) {
            expected = count(classifier, noise, 10_000);
        }
        assertThat(expected.toList()).filteredOn(votes -> votes > 0).hasSizeGreaterThan(1);

        try (OnnxClassifier classifier = onDevices("convolutional", 3, CPU, CPU)) {
            assertThat(count(classifier, noise, 10_000)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4095, 4096, 4097, 8192})
    void shouldLetOnlyTheSamplesVoteAndNotThePadding(long samples) throws ProviderException {
        try (OnnxClassifier own = Networks.classifier("convolutional", 1, 32);
                OnnxClassifier classifier = onDevices("convolutional", 2, CPU)) {
            assertThat(count(classifier, NoiseKind.DISCRETE, samples))
                    .isEqualTo(count(own, NoiseKind.DISCRETE, samples));
        }
    }

    @Test
    void shouldTakeACountUpWhereItWasLeft() throws ProviderException {
        try (OnnxClassifier classifier = onDevices("convolutional", 2, CPU)) {
            ClassCounts whole = count(classifier, NoiseKind.DISCRETE, 0, 9000);
            ClassCounts begun = count(classifier, NoiseKind.DISCRETE, 0, 700);
            ClassCounts rest = count(classifier, NoiseKind.DISCRETE, 700, 8300);

            for (int label = 0; label < whole.classes(); label++) {
                assertThat(begun.of(label) + rest.of(label)).isEqualTo(whole.of(label));
            }
        }
    }

    @Test
    void shouldRunImagesOfEachSizeInABatchThatMemoryHolds() {
        assertThat(DeviceNetwork.of(Networks.bytes("convolutional"), "small", Tuning.AUTOMATIC)
                        .batch())
                .isEqualTo(4096);
        assertThat(DeviceNetwork.of(Networks.bytes("fixed-batch"), "bound", Tuning.AUTOMATIC)
                        .batch())
                .isEqualTo(7);
        assertThat(DeviceNetwork.of(Networks.bytes("convolutional"), "pinned", new Tuning(null, 100))
                        .batch())
                .isEqualTo(100);
    }

    @Test
    void shouldServeSeveralCallersAtOnce() throws ProviderException {
        try (OnnxClassifier classifier = onDevices("convolutional", 2, CPU, CPU)) {
            ClassCounts expected = count(classifier, NoiseKind.DISCRETE, 9000);

            assertThat(IntStream.range(0, 8)
                            .parallel()
                            .allMatch(i ->
                                    count(classifier, NoiseKind.DISCRETE, 9000).equals(expected)))
                    .isTrue();
        }
    }

    @Test
    void shouldKeepTheBatchThatANetworkIsBoundTo() throws ProviderException {
        try (OnnxClassifier own = Networks.classifier("fixed-batch", 1, 7);
                OnnxClassifier classifier = onDevices("fixed-batch", 2, CPU)) {
            assertThat(count(classifier, NoiseKind.DISCRETE, 100)).isEqualTo(count(own, NoiseKind.DISCRETE, 100));
        }
    }

    @Test
    void shouldCountNoVoteForLogitsThatAreNotNumbers() throws ProviderException {
        ImageTensor black = ImageTensor.of(new ImageShape(1, 1, 3), new byte[3]);
        try (OnnxClassifier own = Networks.classifier("not-a-number", 1, 32);
                OnnxClassifier classifier = onDevices("not-a-number", 2, CPU)) {
            SmoothingParameters parameters = parameters(NoiseKind.DISCRETE);
            ClassCounts counts = classifier.count(black, parameters, SEED, Phase.ESTIMATION, 0, 8000);

            assertThat(counts.toList().stream().mapToLong(Long::longValue).sum())
                    .isLessThan(2000);
            assertThat(counts).isEqualTo(own.count(black, parameters, SEED, Phase.ESTIMATION, 0, 8000));
        }
    }

    @Test
    void shouldStopWhenTheCallerIsInterruptedAndCountAgainAfterwards() throws ProviderException {
        try (OnnxClassifier classifier = onDevices("convolutional", 2, CPU)) {
            ClassCounts expected = count(classifier, NoiseKind.DISCRETE, 9000);

            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> count(classifier, NoiseKind.DISCRETE, 1_000_000_000))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(count(classifier, NoiseKind.DISCRETE, 9000)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource(NoiseKind.class)
    void shouldRefuseANetworkThatMixesImagesAtTheFirstThatShowsIt(NoiseKind noise) throws ProviderException {
        byte[] onnx = MixedWhereBright.of(Networks.bytes("model/rows/model"));
        DeviceNetwork network = DeviceNetwork.of(onnx, "mixed.onnx", new Tuning(null, 64));
        InferenceOptions tried = new InferenceOptions(1, Precision.FP32).with(Assurance.TRIED);

        try (OnnxClassifier classifier = Networks.on(List.of(CPU, CPU), network, tried)) {
            ImageTensor black = MixedWhereBright.blackImage(classifier.inputShape());
            ImageTensor bright = MixedWhereBright.brightImage(classifier.inputShape());
            SmoothingParameters parameters = new SmoothingParameters(0.25, 0.001, 100, 1000, noise);
            assertThat(classifier
                            .count(black, parameters, SEED, Phase.SELECTION, 0, 10)
                            .samples())
                    .isEqualTo(10);
            assertThatThrownBy(() -> classifier.count(bright, parameters, SEED, Phase.SELECTION, 0, 10))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageStartingWith("on cpu, mixed.onnx gives one image the logit ");
        }
    }

    @Test
    void shouldSayWhatItRunsOn() throws ProviderException {
        try (OnnxClassifier classifier = onDevices("convolutional", 1, CPU)) {
            assertThat(classifier.engine())
                    .isEqualTo(new CertifiedPrediction.Engine(
                            "cpu", "fp32", "onnxruntime", "1.29.0+extended", CPU.instructions()));
        }
    }

    private static OnnxClassifier onDevices(String name, int threads, Device... devices) throws ProviderException {
        return Networks.on(
                List.of(devices),
                DeviceNetwork.of(Networks.bytes(name), name + ".onnx", Tuning.AUTOMATIC),
                new InferenceOptions(threads, Precision.FP32));
    }

    private static ClassCounts count(OnnxClassifier classifier, NoiseKind noise, long samples) {
        return count(classifier, noise, 0, samples);
    }

    private static ClassCounts count(OnnxClassifier classifier, NoiseKind noise, long first, long samples) {
        ImageTensor image = Networks.image(classifier.inputShape());
        return classifier.count(image, parameters(noise), SEED, Phase.ESTIMATION, first, samples);
    }

    private static SmoothingParameters parameters(NoiseKind noise) {
        return new SmoothingParameters(1, 0.001, 100, 1000, noise);
    }
}
