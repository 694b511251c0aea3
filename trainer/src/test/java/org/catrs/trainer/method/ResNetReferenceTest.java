// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.catrs.schemas.image.ImageShape;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.architecture.WaveParameters;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.method.slice.TrainingStep;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batch normalization in training and in use, against PyTorch: src/test/python/resnet_reference.py. */
class ResNetReferenceTest {
    private static final ImageShape SHAPE = new ImageShape(3, 8, 8);
    private static final int CLASSES = 3;
    private static final int IMAGES = 4;
    private static final double SIGMA = 0.25;
    private static final int[] POSITIONS = {0, 431, 440, 450, 5000, 30000, 100_000, 200_000, 270_000, 272_000};

    private final GradientCollector collector = collector();
    private final NetworkSpecification specification =
            Architecture.RESNET20.specification(SHAPE, CLASSES, Normalization.CIFAR10);
    private final Network network = new Network(specification, collector);
    private final Parameters parameters = parameters();

    private static GradientCollector collector() {
        TorchEngine.start();
        return TorchEngine.newCollector();
    }

    @AfterEach
    void close() {
        network.close();
        collector.close();
    }

    /** Values of the sine: see the script. */
    private Parameters parameters() {
        Parameters wave = network.initialParameters(new SplittableRandom(1));
        WaveParameters.fill(wave, network.trainedCount(), Wave::at);
        network.load(wave.values());
        return wave;
    }

    private static Map<String, List<String>> expected() throws IOException {
        Map<String, List<String>> rows = new TreeMap<>();
        try (var in = ResNetReferenceTest.class.getResourceAsStream("resnet-reference.tsv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                List<String> cells = Pattern.compile("\t").splitAsStream(line).toList();
                rows.put(cells.get(0), cells.subList(1, cells.size()));
            }
        }
        return rows;
    }

    private static double[] numbers(String list) {
        return Pattern.compile(",")
                .splitAsStream(list)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    @Test
    void shouldUseRunningStatisticsWhenFrozen() throws IOException {
        FloatBuffer pixels = FloatBuffer.allocate(IMAGES * SHAPE.size());
        fill(pixels, 1_000_000, 0.5, 0.5);
        network.freeze(true);
        try (NDManager scope = network.newScope()) {
            float[] logits = network.logits(scope.create(pixels.flip(), new Shape(IMAGES, 3, 8, 8)))
                    .toFloatArray();

            double[] torch = numbers(expected().get("in use").get(0));
            for (int i = 0; i < torch.length; i++) {
                assertThat(logits[i]).isCloseTo((float) torch[i], within(1e-4f));
            }
        }
        float[] statistics = new float[network.statisticsCount()];
        network.copyStatistics(statistics);
        assertThat(statistics)
                .containsExactly(
                        Arrays.copyOfRange(parameters.values(), network.trainedCount(), parameters.values().length));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"gaussian, ''", "cat-rs none, none", "cat-rs avg-max, avg-max", "cat-rs unmasked, unmasked"})
    void shouldTrainAsPyTorchDoes(String name, String ablation) throws IOException {
        List<String> row = expected().get(name);
        TrainingMethod method = ablation.isEmpty()
                ? MethodKind.GAUSSIAN.create(Map.of(), 1)
                : MethodKind.CAT_RS.create(Map.of("noises", "2", "pgd-steps", "2", "ablation", ablation), 1);

        SliceLoss loss = method.accumulate(slice(method.noises(), numbers(row.get(0))), network);

        float[] gradient = new float[network.trainedCount()];
        network.takeGradient(gradient);
        double norm = Double.parseDouble(row.get(3));
        assertThat(loss.base() / IMAGES).isCloseTo(Double.parseDouble(row.get(1)), within(1e-4));
        assertThat(loss.robust() / IMAGES).isCloseTo(Double.parseDouble(row.get(2)), within(1e-3));
        assertThat(norm(gradient)).isCloseTo(norm, within(2e-3 * norm));
        assertThat(sum(gradient)).isCloseTo(Double.parseDouble(row.get(4)), within(2e-2 * norm));
        double[] torch = numbers(row.get(5));
        for (int i = 0; i < POSITIONS.length; i++) {
            assertThat(gradient[POSITIONS[i]]).isCloseTo((float) torch[i], within((float) (1e-3 * norm)));
        }
        float[] statistics = new float[network.statisticsCount()];
        network.copyStatistics(statistics);
        assertThat(norm(statistics)).isCloseTo(Double.parseDouble(row.get(6)), within(1e-3));
        assertThat(sum(statistics)).isCloseTo(Double.parseDouble(row.get(7)), within(1e-2));
    }

    private static NoisySlice slice(int noises, double[] labels) {
        NoisySlice slice = new NoisySlice(IMAGES, noises, SHAPE.size(), SIGMA);
        int[] classes = Arrays.stream(labels).mapToInt(label -> (int) label).toArray();
        slice.begin(new int[] {0, 1, 2, 3}, classes, new TrainingStep(0, IMAGES), new SplittableRandom(1));
        fill(slice.imageBuffer(), 1_000_000, 0.5, 0.5);
        fill(slice.noiseBuffer(), 2_000_000, 0, SIGMA);
        return slice;
    }

    private static void fill(FloatBuffer buffer, long from, double middle, double scale) {
        for (long i = from; buffer.hasRemaining(); i++) {
            buffer.put((float) (middle + scale * Wave.at(i)));
        }
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    private static double sum(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}
