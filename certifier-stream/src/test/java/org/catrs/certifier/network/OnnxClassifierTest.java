// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.catrs.certifier.network.cpu.CpuRun;
import org.catrs.certifier.network.options.Assurance;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.network.session.NetworkFile;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxClassifierTest {
    private static final ImageShape SHAPE = new ImageShape(1, 12, 12);
    private static final Seed SEED = Seed.parse("000102030405060708090a0b0c0d0e0f");

    @Test
    void shouldKnowWhatItIs() {
        try (OnnxClassifier classifier = OnnxClassifier.load(
                Networks.bytes("convolutional"), "model.onnx", new InferenceOptions(1, Precision.FP32))) {
            assertThat(classifier.inputShape()).isEqualTo(SHAPE);
            assertThat(classifier.classes()).isEqualTo(5);
            CertifiedPrediction.Engine engine = classifier.engine();
            assertThat(engine.provider()).isEqualTo("cpu");
            assertThat(engine.precision()).isEqualTo("fp32");
            assertThat(engine.name()).isEqualTo("onnxruntime");
            assertThat(engine.instructions()).isNotBlank();
            assertThat(classifier.independence()).isEqualTo(CertifiedPrediction.Independence.PROVED);
            assertThat(engine.version()).matches("1\\.29\\.0\\+(extended|all)");
        }
    }

    @ParameterizedTest
    @EnumSource(NoiseKind.class)
    void shouldCountAlikeWhateverTheThreadsAndTheBatch(NoiseKind noise) {
        ClassCounts expected = count("convolutional", 1, 8, noise);

        assertThat(expected.toList()).filteredOn(votes -> votes > 0).hasSizeGreaterThan(1);
        assertThat(count("convolutional", 2, 32, noise)).isEqualTo(expected);
        assertThat(count("convolutional", 5, 128, noise)).isEqualTo(expected);
    }

    @Test
    void shouldTakeANetworkWithABatchOfItsOwn() {
        try (OnnxClassifier classifier =
                OnnxClassifier.load(Networks.bytes("fixed-batch"), "model.onnx", InferenceOptions.DEFAULT)) {
            assertThat(count(classifier, NoiseKind.DISCRETE).samples()).isEqualTo(1000);
        }
    }

    @Test
    void shouldServeSeveralCallersAtOnce() {
        try (OnnxClassifier classifier = Networks.classifier("convolutional", 2, 32)) {
            ClassCounts expected = count(classifier, NoiseKind.DISCRETE);

            assertThat(IntStream.range(0, 16)
                            .parallel()
                            .allMatch(i -> count(classifier, NoiseKind.DISCRETE).equals(expected)))
                    .isTrue();
        }
    }

    @Test
    void shouldDrawFreshNoiseInEachPhase() {
        ImageTensor image = Networks.image(SHAPE);
        SmoothingParameters parameters = parameters(NoiseKind.DISCRETE);
        try (OnnxClassifier classifier = Networks.classifier("convolutional", 1, 32)) {
            ClassCounts selection = classifier.count(image, parameters, SEED, Phase.SELECTION, 0, 1000);

            assertThat(classifier.count(image, parameters, SEED, Phase.ESTIMATION, 0, 1000))
                    .isNotEqualTo(selection);
        }
    }

    @Test
    void shouldCountTheSameWhereverACountIsInterrupted() {
        ImageTensor image = Networks.image(SHAPE);
        SmoothingParameters parameters = parameters(NoiseKind.DISCRETE);
        try (OnnxClassifier classifier = Networks.classifier("convolutional", 2, 32)) {
            ClassCounts head = classifier.count(image, parameters, SEED, Phase.ESTIMATION, 0, 333);
            ClassCounts tail = classifier.count(image, parameters, SEED, Phase.ESTIMATION, 333, 667);

            assertThat(head.plus(tail)).isEqualTo(count(classifier, NoiseKind.DISCRETE));
        }
    }

    @Test
    void shouldCountNoVoteForLogitsThatAreNotNumbers() {
        try (OnnxClassifier classifier = Networks.classifier("not-a-number", 1, 32)) {
            ImageTensor black = ImageTensor.of(new ImageShape(1, 1, 3), new byte[3]);

            ClassCounts counts =
                    classifier.count(black, parameters(NoiseKind.GAUSSIAN), SEED, Phase.ESTIMATION, 0, 8000);

            // All three pixels must be above 0, which happens to one sample in eight.
            long votes = counts.of(0) + counts.of(1) + counts.of(2);
            assertThat(votes).isBetween(850L, 1150L);
            assertThat(counts.samples()).isEqualTo(8000);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "truncated      | it is truncated at byte 1000: its graph goes on to byte",
                "external-data  | keeps the values of 'w1' in another file (external-data.bin)",
                "external-data  | deploy/catrs adopt external-data.onnx --out MODEL",
                "two-inputs     | has 2 inputs [image, noise]; needed is one float32 input",
                "two-outputs    | has 2 outputs [logits, other]; needed is one float32 input",
                "two-outputs    | deploy/catrs adopt two-outputs.onnx --out MODEL --output NAME",
                "uint8-input    | deploy/catrs adopt uint8-input.onnx --out MODEL",
                "uint8-input    | has the input 'image' of type UINT8; needed is",
                "flat-input     | has the input 'image' of [?, 3]; needed is",
                "flat-input     | deploy/catrs adopt flat-input.onnx --out MODEL --size C,H,W",
                "label-output   | has the output 'label' of type INT64; needed is",
                "image-output   | has the output 'other' of [?, 1, 1, 3]; needed is",
                "sequence-output| has the value 'logits', which is no tensor: needed are tensors alone",
                "open-size      | has the input 'image' of [?, 3, ?, ?], whose image size is open",
                "channels-last  | looks like batch x height x width x channels",
                "open-size      | deploy/catrs adopt open-size.onnx --out MODEL --size H,W",
                "channels-last  | deploy/catrs adopt channels-last.onnx --out MODEL --layout nhwc",
                "sequence-output| deploy/catrs adopt sequence-output.onnx --out MODEL",
                "one-class      | deploy/catrs adopt one-class.onnx --out MODEL",
                "one-image      | deploy/catrs adopt one-image.onnx --out MODEL",
                "one-class      | gives logits of [8, 1] for a batch of 8 images; needed is",
                "one-image      | does not run on a batch of 8 images of 1x1x3"
            })
    void shouldRefuseWithWhatWasFound(String name, String found) {
        byte[] onnx = Networks.bytes(name);

        assertThatThrownBy(() -> OnnxClassifier.load(onnx, name + ".onnx", InferenceOptions.DEFAULT))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(name + ".onnx")
                .hasMessageContaining(found);
    }

    @ParameterizedTest
    @CsvSource({"batch-mean, ReduceMean", "range-quantized, DynamicQuantizeLinear"})
    void shouldRefuseANetworkThatMixesImagesUnlessItTakesOneAtATime(String name, String operator) {
        byte[] onnx = Networks.bytes(name);
        CpuRun several = new CpuRun(OptLevel.EXTENDED_OPT, 8, 1);

        assertThatThrownBy(() -> Networks.classifier(new NetworkFile(onnx, name, null), several))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("is not shown to treat each of the 8 images of a batch by itself")
                .hasMessageContaining(operator);
        try (OnnxClassifier alone = Networks.classifier(name, 1, 1)) {
            assertThat(alone.classes()).isEqualTo(3);
        }
    }

    @Test
    void shouldRunWhatTheGraphDoesNotShowWhereATrialIsEnough() {
        byte[] turned = TurnedTwice.of(Networks.bytes("convolutional"));
        InferenceOptions proved = new InferenceOptions(1, Precision.FP32);
        InferenceOptions tried = proved.with(Assurance.TRIED);
        InferenceOptions alone =
                new InferenceOptions(1, Precision.FP32, ExecutionProvider.CPU, null, new Tuning(null, 1));

        assertThatThrownBy(() -> OnnxClassifier.load(turned, "turned.onnx", proved))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("'Slice/turned.once' (Slice)")
                .hasMessageContaining("--batch 1")
                .hasMessageContaining("--independence tried");
        assertIndependence(turned, tried, CertifiedPrediction.Independence.TRIED);
        assertIndependence(turned, alone, CertifiedPrediction.Independence.PROVED);
        assertIndependence(Networks.bytes("convolutional"), tried, CertifiedPrediction.Independence.PROVED);
    }

    private static void assertIndependence(
            byte[] onnx, InferenceOptions options, CertifiedPrediction.Independence expected) {
        try (OnnxClassifier classifier = OnnxClassifier.load(onnx, "model.onnx", options)) {
            assertThat(classifier.independence()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"batch-mean", "range-quantized", "random"})
    void shouldTryOutWhatTheGraphDoesNotShow(String name) {
        InferenceOptions tried = new InferenceOptions(1, Precision.FP32).with(Assurance.TRIED);

        assertThatThrownBy(() -> OnnxClassifier.load(Networks.bytes(name), name, tried))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("A certificate needs a fixed function of the image");
    }

    @Test
    void shouldRefuseANetworkThatDrawsRandomNumbersEvenForOneImage() {
        assertThatThrownBy(() -> Networks.classifier("random", 1, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("its node 'noise' (RandomNormalLike) draws random numbers");
    }

    @Test
    void shouldRefuseWhatIsNoOnnxFile() {
        byte[] text = "not a network".getBytes(StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> OnnxClassifier.load(text, "notes.txt", InferenceOptions.DEFAULT))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("notes.txt: these 13 bytes are no ONNX model: it is text");
    }

    @Test
    void shouldRefuseANegativeNumberOfThreads() {
        assertThatThrownBy(() -> new InferenceOptions(-1, Precision.FP32))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("found -1");
    }

    private static ClassCounts count(String name, int threads, int batch, NoiseKind noise) {
        try (OnnxClassifier classifier = Networks.classifier(name, threads, batch)) {
            return count(classifier, noise);
        }
    }

    private static ClassCounts count(OnnxClassifier classifier, NoiseKind noise) {
        return classifier.count(Networks.image(SHAPE), parameters(noise), SEED, Phase.ESTIMATION, 0, 1000);
    }

    private static SmoothingParameters parameters(NoiseKind noise) {
        return new SmoothingParameters(1, 0.001, 100, 1000, noise);
    }
}
