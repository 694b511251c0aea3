// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.OnnxClassifier;
import org.catrs.certifier.network.conversion.int8.Graphs;
import org.catrs.certifier.network.cpu.CpuRun;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Optimization;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.network.session.NetworkFile;
import org.catrs.certifier.network.session.OnnxEnvironment;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantised networks against the floating-point ones of quantization/networks.py, and against themselves. */
@Tag("slow")
class QuantizedNetworkTest {
    private static final double SIGMA = 0.5;
    private static final Seed SEED = Seed.parse("000102030405060708090a0b0c0d0e0f");
    private static final int BATCH = 24;
    private static final int CLASSES = 5;
    /** So many images that the roundings of all operators are tried. */
    private static final int MANY = 1000;

    @ParameterizedTest
    @ValueSource(strings = {"lenet", "odd", "residual", "folded"})
    void shouldFollowTheNetworkThatItIsMadeOf(String name) throws OrtException {
        NetworkFile floats = floats(name);
        NetworkFile integers = integers(name);
        try (OnnxSession a = floats.open(Optimization.EXTENDED.level());
                OnnxSession b = integers.open(Optimization.EXTENDED.level());
                BatchRunner expected = new BatchRunner(a, BATCH, CLASSES);
                BatchRunner found = new BatchRunner(b, BATCH, CLASSES)) {
            NoiseSampler noise = noise(a.signature().image());
            for (int place = 0; place < BATCH; place++) {
                expected.draw(noise, place, place);
                found.draw(noise, place, place);
            }
            expected.run();
            found.run();
            // Logits lie around -2 to 2; 8 bits at each of a few layers leave a few hundredths.
            for (int place = 0; place < BATCH; place++) {
                float[] logits = found.logits(place);
                for (int c = 0; c < CLASSES; c++) {
                    assertThat(logits[c]).isCloseTo(expected.logits(place)[c], within(0.12f));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet", "odd", "residual"})
    void shouldCountOnlyHowOftenTheTwoAgree(String name) {
        QuantizedNetwork made = made(name);

        assertThat(made.comparedImages()).isEqualTo(4096);
        assertThat(made.argmaxAgreement()).isBetween(0.95, 1.0);
        assertThat(QuantizedNetwork.isOne(made.onnx(), name)).isTrue();
        assertThat(QuantizedNetwork.isOne(Graphs.bytes(name), name)).isFalse();
    }

    @Test
    void shouldMakeTheSameFileOfTheSameNetworkAndImages() {
        assertThat(made("residual").onnx()).isEqualTo(made("residual").onnx());
    }

    /** The file takes floats; here its first nodes are a table, and the rest takes what the table gives. */
    @ParameterizedTest
    @ValueSource(strings = {"lenet", "odd", "residual", "folded"})
    void shouldGiveToTheLastBitWhatItsFileGives(String name) throws OrtException {
        byte[] onnx = made(name).onnx();
        try (OnnxSession network = NetworkFile.of(onnx, name).open(Optimization.ALL.level());
                BatchRunner runner = new BatchRunner(network, BATCH, CLASSES);
                OrtSession whole = OnnxSession.session(onnx)) {
            ImageShape shape = network.signature().image();
            NoiseSampler noise = noise(shape);
            float[] images = new float[BATCH * shape.size()];
            for (int place = 0; place < BATCH; place++) {
                runner.draw(noise, place, place);
                noise.draw(place, images, place * shape.size());
            }
            runner.run();
            float[][] expected = logits(whole, images, shape);
            for (int place = 0; place < BATCH; place++) {
                assertThat(runner.logits(place)).containsExactly(expected[place]);
            }
        }
    }

    /** An audit of int8 certificates without ONNX Runtime wants equal votes. */
    @ParameterizedTest
    @ValueSource(strings = {"lenet", "odd", "residual", "folded"})
    void shouldGiveToTheLastBitWhatNumPyGives(String name, @TempDir Path folder) throws Exception {
        assumeThat(exit("/usr/bin/python3", "-c", "import numpy, onnx"))
                .as("Python has the packages that tests/int8_network.py needs")
                .isZero();
        byte[] onnx = made(name).onnx();
        try (OrtSession whole = OnnxSession.session(onnx)) {
            ImageShape shape;
            try (OnnxSession network = NetworkFile.of(onnx, name).open(Optimization.ALL.level())) {
                shape = network.signature().image();
            }
            NoiseSampler noise = noise(shape);
            float[] images = new float[MANY * shape.size()];
            for (int place = 0; place < MANY; place++) {
                noise.draw(place, images, place * shape.size());
            }
            float[][] found = inPython(onnx, images, shape, folder);

            assertThat(found).isDeepEqualTo(logits(whole, images, shape));
        }
    }

    private static float[][] inPython(byte[] onnx, float[] images, ImageShape shape, Path folder) throws Exception {
        Files.write(folder.resolve("model.onnx"), onnx);
        ByteBuffer pixels = ByteBuffer.allocate(Float.BYTES * images.length).order(ByteOrder.LITTLE_ENDIAN);
        pixels.asFloatBuffer().put(images);
        Files.write(folder.resolve("images"), pixels.array());
        String program = """
                import sys, numpy
                sys.path.insert(0, sys.argv[1])
                import int8_network
                folder = sys.argv[2]
                images = numpy.fromfile(folder + "/images", "<f4").reshape(-1, *map(int, sys.argv[3:]))
                int8_network.network(folder + "/model.onnx")(images).astype("<f4").tofile(folder + "/logits")
                """;
        assertThat(exit(
                        "/usr/bin/python3",
                        "-c",
                        program,
                        "../tests",
                        folder.toString(),
                        "" + shape.channels(),
                        "" + shape.height(),
                        "" + shape.width()))
                .isZero();
        FloatBuffer values = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("logits")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[][] logits = new float[values.remaining() / CLASSES][CLASSES];
        for (float[] row : logits) {
            values.get(row);
        }
        return logits;
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @ParameterizedTest
    @EnumSource(Optimization.class)
    void shouldGiveAnImageTheSameLogitsToTheLastBitAtAnyPlaceOfAnyBatch(Optimization optimization) throws OrtException {
        for (String name : List.of("lenet", "residual")) {
            try (OnnxSession network = integers(name).open(optimization.level())) {
                NoiseSampler noise = noise(network.signature().image());
                float[] expected = logits(network, noise, 64, 0);

                for (int batch : new int[] {1, 7, 32, 128}) {
                    for (int place = 0; place < batch; place += 3) {
                        assertThat(logits(network, noise, batch, place)).containsExactly(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(NoiseKind.class)
    void shouldCountAlikeWhateverTheThreadsAndTheBatchAndTheOptimisation(NoiseKind noise) {
        ClassCounts expected = count(1, 8, Optimization.EXTENDED, noise);

        assertThat(expected.toList()).filteredOn(votes -> votes > 0).hasSizeGreaterThan(1);
        assertThat(count(2, 32, Optimization.ALL, noise)).isEqualTo(expected);
        assertThat(count(5, 128, Optimization.EXTENDED, noise)).isEqualTo(expected);
    }

    @Test
    void shouldCallItselfInt8() {
        try (OnnxClassifier classifier = OnnxClassifier.load(
                made("lenet").onnx(),
                "int8.onnx",
                new InferenceOptions(1, Precision.INT8, ExecutionProvider.CPU, null))) {
            assertThat(classifier.engine().precision()).isEqualTo("int8");
            assertThat(classifier.inputShape()).isEqualTo(new ImageShape(1, 16, 16));
            assertThat(classifier.classes()).isEqualTo(CLASSES);
        }
    }

    private static float[] logits(OnnxSession network, NoiseSampler noise, int batch, int place) throws OrtException {
        try (BatchRunner runner = new BatchRunner(network, batch, CLASSES)) {
            Random random = new Random(batch + place);
            for (int other = 0; other < batch; other++) {
                runner.draw(noise, other == place ? 0 : 1 + random.nextInt(1000), other);
            }
            runner.run();
            return runner.logits(place).clone();
        }
    }

    private static float[][] logits(OrtSession session, float[] images, ImageShape shape) throws OrtException {
        long[] sizes = {images.length / shape.size(), shape.channels(), shape.height(), shape.width()};
        try (OnnxTensor input =
                        OnnxTensor.createTensor(OnnxEnvironment.environment(), FloatBuffer.wrap(images), sizes);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return (float[][]) result.get(0).getValue();
        }
    }

    private static ClassCounts count(int threads, int batch, Optimization optimization, NoiseKind noise) {
        SmoothingParameters parameters = new SmoothingParameters(SIGMA, 0.001, 100, 1000, noise);
        try (OnnxClassifier classifier =
                Networks.classifier(integers("lenet"), new CpuRun(optimization.level(), batch, threads))) {
            return classifier.count(
                    Networks.image(classifier.inputShape()), parameters, SEED, Phase.ESTIMATION, 0, 1000);
        }
    }

    private static NetworkFile floats(String name) {
        return NetworkFile.of(Graphs.bytes(name), name + ".onnx");
    }

    private static NetworkFile integers(String name) {
        return NetworkFile.of(made(name).onnx(), name + "-int8.onnx");
    }

    private static QuantizedNetwork made(String name) {
        ImageShape shape;
        try (OnnxSession network = floats(name).open(Optimization.EXTENDED.level())) {
            shape = network.signature().image();
        }
        List<ImageTensor> images =
                IntStream.range(0, 16).mapToObj(seed -> random(shape, seed)).toList();
        return QuantizedNetwork.of(Graphs.bytes(name), name + ".onnx", images, SIGMA);
    }

    private static ImageTensor random(ImageShape shape, int seed) {
        byte[] values = new byte[shape.size()];
        new Random(seed).nextBytes(values);
        return ImageTensor.of(shape, values);
    }

    private static NoiseSampler noise(ImageShape shape) {
        return NoiseSampler.of(NoiseKind.DISCRETE, SIGMA, random(shape, 99), SEED, Phase.ESTIMATION);
    }
}
