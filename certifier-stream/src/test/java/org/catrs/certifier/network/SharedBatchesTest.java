// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.catrs.certifier.network.conversion.QuantizedNetwork;
import org.catrs.certifier.network.conversion.int8.Graphs;
import org.catrs.certifier.network.cpu.CpuRun;
import org.catrs.certifier.network.cuda.DeviceNetwork;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.network.session.Device;
import org.catrs.certifier.network.session.NetworkFile;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image's votes are those of batches of its own, whatever images share its batches. */
@Timeout(300)
class SharedBatchesTest {
    private static final int REQUESTS = 60;
    private static final int CALLERS = 12;

    @ParameterizedTest
    @CsvSource({"1, 1, 64", "2, 2, 64", "3, 3, 33", "4, 2, 8", "5, 2, 128"})
    void shouldGiveAnImageItsOwnVotesInFp32(int mixture, int threads, int batch) throws Exception {
        try (OnnxClassifier shared = Networks.classifier("convolutional", threads, batch);
                OnnxClassifier alone = Networks.classifier("convolutional", 1, batch)) {
            requireOwnVotes(mixture, shared, alone);
            assertThat(shared.batchFill().share())
                    .isGreaterThan(alone.batchFill().share());
        }
    }

    @ParameterizedTest
    @CsvSource({"6, lenet, 2, 64", "7, lenet, 3, 32", "8, residual, 2, 16"})
    void shouldGiveAnImageItsOwnVotesInInt8(int mixture, String name, int threads, int batch) throws Exception {
        NetworkFile integers = integers(name);
        try (OnnxClassifier shared = Networks.classifier(integers, new CpuRun(OptLevel.ALL_OPT, batch, threads));
                OnnxClassifier alone = Networks.classifier(integers, new CpuRun(OptLevel.ALL_OPT, batch, 1))) {
            requireOwnVotes(mixture, shared, alone);
            assertThat(shared.batchFill().share())
                    .isGreaterThan(alone.batchFill().share());
        }
    }

    /** Otherwise images of which few samples are asked for take as long as many times these. */
    @Test
    void shouldRunFewSamplesInASmallBatch() {
        try (OnnxClassifier classifier = Networks.classifier("convolutional", 1, 64)) {
            ImageTensor image = Networks.image(classifier.inputShape());
            SmoothingParameters parameters = new SmoothingParameters(0.5, 0.001, 100, 1000, NoiseKind.DISCRETE);
            for (int samples : new int[] {1, 8, 9, 33, 64}) {
                classifier.count(image, parameters, new Seed(1, 2), Phase.ESTIMATION, 0, samples);
            }
            assertThat(classifier.batchFill()).isEqualTo(new BatchFill(8 + 8 + 16 + 64 + 64, 1 + 8 + 9 + 33 + 64));
        }
    }

    /** With the CPU as the device. */
    @ParameterizedTest
    @CsvSource({"9, 1, 4096", "10, 2, 512", "11, 1, 100", "12, 3, 64"})
    void shouldGiveAnImageItsOwnVotesOnDevices(int mixture, int devices, int batch) throws Exception {
        try (OnnxClassifier shared = onDevices(devices, batch);
                OnnxClassifier alone = onDevices(1, batch);
                OnnxClassifier cpu = Networks.classifier("convolutional", 1, 64)) {
            requireOwnVotes(mixture, shared, alone);
            assertThat(shared.batchFill().share())
                    .isGreaterThan(alone.batchFill().share());
            requireOwnVotes(mixture, shared, cpu);
        }
    }

    /** @param mixture decides what is asked for, and in which order */
    static void requireOwnVotes(int mixture, OnnxClassifier shared, OnnxClassifier alone) throws Exception {
        Map<Request, List<ClassCounts>> expected = new LinkedHashMap<>();
        for (Request request : requests(mixture, shared.inputShape())) {
            expected.put(request, request.count(alone));
        }
        List<Request> order = new ArrayList<>(expected.keySet());
        Collections.shuffle(order, new Random(mixture));

        Map<Request, List<ClassCounts>> counts = new LinkedHashMap<>();
        ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<List<ClassCounts>>> asked = order.stream()
                    .<Callable<List<ClassCounts>>>map(request -> () -> request.count(shared))
                    .toList();
            List<Future<List<ClassCounts>>> answers = callers.invokeAll(asked);
            for (int i = 0; i < order.size(); i++) {
                counts.put(order.get(i), answers.get(i).get());
            }
        } finally {
            callers.shutdown();
        }

        assertThat(counts).isEqualTo(expected);
    }

    private static List<Request> requests(int mixture, ImageShape shape) {
        Random random = new Random(mixture);
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> request(random, shape))
                .toList();
    }

    private static Request request(Random random, ImageShape shape) {
        byte[] values = new byte[shape.size()];
        random.nextBytes(values);
        List<SampleRange> ranges = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> new SampleRange(
                        Phase.ofAttempt(random.nextInt(3)), random.nextInt(1000), 1 + random.nextInt(300)))
                .toList();
        return new Request(
                ImageTensor.of(shape, values),
                new Seed(random.nextLong(), random.nextLong()),
                0.25 + random.nextInt(3) / 4.0,
                random.nextInt(4) == 0 ? NoiseKind.GAUSSIAN : NoiseKind.DISCRETE,
                ranges,
                random.nextBoolean() ? Urgency.NONE : Urgency.until(random.nextInt(1000)));
    }

    private static OnnxClassifier onDevices(int devices, int batch) throws ProviderException {
        return Networks.on(
                Collections.nCopies(devices, new Device.Cpu()),
                DeviceNetwork.of(Networks.bytes("convolutional"), "convolutional.onnx", new Tuning(null, batch)),
                new InferenceOptions(2, Precision.FP32));
    }

    private static NetworkFile integers(String name) {
        NetworkFile floats = NetworkFile.of(Graphs.bytes(name), name);
        try (var network = floats.open(OptLevel.EXTENDED_OPT)) {
            ImageTensor image = Networks.image(network.signature().image());
            return NetworkFile.of(
                    QuantizedNetwork.of(floats.onnx(), name, List.of(image), 0.5)
                            .onnx(),
                    name);
        }
    }

    /** What a certification asks for. */
    private record Request(
            ImageTensor image, Seed seed, double sigma, NoiseKind noise, List<SampleRange> ranges, Urgency urgency) {
        List<ClassCounts> count(OnnxClassifier classifier) {
            SmoothingParameters parameters = new SmoothingParameters(sigma, 0.001, 100, 1000, noise);
            return classifier.countAll(image, parameters, seed, ranges, urgency);
        }
    }
}
