// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.catrs.certifier.evaluation.rows.EvaluationReader;
import org.catrs.certifier.evaluation.rows.EvaluationRow;
import org.catrs.certifier.evaluation.rows.EvaluationRow.Estimate;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageShape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 1000, NoiseKind.DISCRETE);

    private static final int END = Integer.MAX_VALUE;

    private final List<Seed> seeds = new ArrayList<>();
    private final Dataset dataset = FakeDataset.ofSize(7);
    private SamplingPlan plan = new SamplingPlan.Fixed();
    private Path file;

    @BeforeEach
    void nameFile(@TempDir Path folder) {
        file = folder.resolve("run.tsv");
    }

    @Test
    void shouldWriteARowForEachImage() {
        evaluation(() -> {}).run(run(1), END, Integer.MAX_VALUE, Set.of(), file);

        List<EvaluationRow> rows = EvaluationReader.read(file);
        assertThat(rows).extracting(EvaluationRow::index).containsExactly(0, 1, 2, 3, 4, 5, 6);
        assertThat(rows).extracting(EvaluationRow::label).containsOnly(1);
        assertThat(rows)
                .extracting(EvaluationRow::predict)
                .containsExactly(1, EvaluationRow.ABSTAIN, 0, 1, EvaluationRow.ABSTAIN, 0, 1);
        // scipy.stats.beta.ppf(0.001, 1000, 1) and 0.5 * scipy.stats.norm.ppf of it
        assertThat(rows.get(0).radius()).isCloseTo(1.2316313, within(1e-6));
        assertEstimate(rows.get(0).estimate(), 1000, 0.9931160484209338);
        // 529 = 1000 * 135 // 255; scipy.stats.beta.ppf(0.001, 529, 472)
        assertEstimate(rows.get(1).estimate(), 529, 0.47965642018840654);
    }

    @Test
    void shouldSpendOnlyTheSamplesThatThePlanNeeds() {
        plan = new SamplingPlan.TargetRadius(0.5);

        evaluation(() -> {}).run(run(1), END, Integer.MAX_VALUE, Set.of(), file);

        List<EvaluationRow> rows = EvaluationReader.read(file);
        assertThat(rows).extracting(EvaluationRow::samples).startsWith(64L);
        assertThat(rows.get(0).radius()).isGreaterThanOrEqualTo(0.5);
    }

    @Test
    void shouldTakeEachKthImageUpToTheLimit() {
        evaluation(() -> {}).run(run(3), END, 2, Set.of(), file);

        assertThat(EvaluationReader.read(file)).extracting(EvaluationRow::index).containsExactly(0, 3);
    }

    @Test
    void shouldEndBeforeAnImageAndPassOverThoseThatCannotBeRead() {
        evaluation(() -> {}).run(run(1), 5, 9, Set.of(0, 3), file);

        assertThat(EvaluationReader.read(file)).extracting(EvaluationRow::index).containsExactly(1, 2, 4);
    }

    @Test
    void shouldRefuseClassNamesThatContradictTheDataSets() {
        Evaluation evaluation = evaluation(() -> {});

        evaluation.requireSameClasses(List.of("Cat", "1"));
        assertThatThrownBy(() -> evaluation.requireSameClasses(List.of("dog", "cat")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith("the model calls class 0 'dog', and the data set fake/test calls it 'cat'");
    }

    @Test
    void shouldDrawANewSeedForEachImage() {
        evaluation(() -> {}).run(run(1), END, Integer.MAX_VALUE, Set.of(), file);

        assertThat(seeds).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void shouldGoOnWhereItWasInterrupted() {
        assertThatThrownBy(
                        () -> evaluation(interruptBeforeImage(3)).run(run(1), END, Integer.MAX_VALUE, Set.of(), file))
                .hasMessage("interrupted");
        List<EvaluationRow> interrupted = EvaluationReader.read(file);
        List<EvaluationRow> uninterrupted = interrupted.subList(0, 3);

        evaluation(() -> {}).run(run(1), END, Integer.MAX_VALUE, Set.of(), file);

        assertThat(interrupted).hasSize(3);
        assertThat(EvaluationReader.read(file))
                .startsWith(uninterrupted.toArray(EvaluationRow[]::new))
                .extracting(EvaluationRow::index)
                .containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void shouldTakeAwayALineThatWasCutOff() throws IOException {
        evaluation(() -> {}).run(run(1), END, 4, Set.of(), file);
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() - 9));

        evaluation(() -> {}).run(run(1), END, Integer.MAX_VALUE, Set.of(), file);

        assertThat(EvaluationReader.read(file)).extracting(EvaluationRow::index).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @Test
    void shouldBeginAgainWhereEvenTheHeaderWasCutOff() throws IOException {
        evaluation(() -> {}).run(run(1), END, 1, Set.of(), file);
        Files.writeString(file, "idx\tlab");

        evaluation(() -> {}).run(run(1), END, 2, Set.of(), file);

        assertThat(EvaluationReader.read(file)).hasSize(2);
    }

    @Test
    void shouldLeaveACompleteFileAlone() throws IOException {
        evaluation(() -> {}).run(run(1), END, Integer.MAX_VALUE, Set.of(), file);
        String complete = Files.readString(file);

        evaluation(() -> {}).run(run(1), END, Integer.MAX_VALUE, Set.of(), file);
        evaluation(() -> {}).run(run(1), END, 3, Set.of(), file);

        assertThat(Files.readString(file)).isEqualTo(complete);
    }

    @Test
    void shouldRefuseTheFileOfAnotherRun() throws IOException {
        evaluation(() -> {}).run(run(1), END, 2, Set.of(), file);
        String before = Files.readString(file);

        assertThatThrownBy(() -> evaluation(() -> {}).run(run(2), END, 2, Set.of(), file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("run.tsv is of another run: skip was 1 and is now 2");
        assertThat(Files.readString(file)).isEqualTo(before);
    }

    @Test
    void shouldRefuseAFileThatNothingIsKnownOf() throws IOException {
        Files.writeString(file, "my notes, without a line end");

        assertThatThrownBy(() -> evaluation(() -> {}).run(run(1), END, 2, Set.of(), file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("run.tsv exists, and ")
                .hasMessageContaining("run.tsv.json, which would say what it is of, does not");
        assertThat(Files.readString(file)).isEqualTo("my notes, without a line end");
    }

    @Test
    void shouldRefuseRowsOfOtherImages() throws IOException {
        evaluation(() -> {}).run(run(1), END, 3, Set.of(), file);
        List<String> lines = Files.readAllLines(file);
        lines.remove(2);
        Files.write(file, lines);

        assertThatThrownBy(() -> evaluation(() -> {}).run(run(1), END, 7, Set.of(), file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("run.tsv line 3 is of image 2, where this run has image 1");
    }

    @Test
    void shouldRefuseAFileThatAnotherRunIsWriting() {
        Runnable second = () -> evaluation(() -> {}).run(run(1), END, 7, Set.of(), file);

        assertThatThrownBy(() -> evaluation(second).run(run(1), END, 7, Set.of(), file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("is being written by another");
    }

    @Test
    void shouldRefuseImagesOfAnotherShape() {
        Dataset wide = new FakeDataset("fake/test", new ImageShape(1, 1, 3), List.of("cat", "dog"), 1);

        assertThatThrownBy(() -> evaluation(wide, () -> {}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("the images of fake/test are 1x1x3 (channels x height x width), but the model takes 1x1x2");
    }

    @Test
    void shouldRefuseAnotherNumberOfClasses() {
        Dataset three = new FakeDataset("fake/test", FakeClassifier.SHAPE, List.of("cat", "dog", "cow"), 1);

        assertThatThrownBy(() -> evaluation(three, () -> {}))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("the data set fake/test has 3 classes, but the model tells 2 apart");
    }

    private static void assertEstimate(Estimate estimate, long count, double lowerBound) {
        assertThat(estimate.n()).isEqualTo(1000);
        assertThat(estimate.count()).isEqualTo(count);
        assertThat(estimate.lowerBound()).isLessThanOrEqualTo(lowerBound).isCloseTo(lowerBound, within(1e-9));
    }

    private Evaluation evaluation(Runnable beforeEachImage) {
        return evaluation(dataset, beforeEachImage);
    }

    private Evaluation evaluation(Dataset images, Runnable beforeEachImage) {
        Supplier<Seed> recorded = () -> {
            seeds.add(Seed.random());
            return seeds.get(seeds.size() - 1);
        };
        return new Evaluation(images, new FakeClassifier(beforeEachImage), PARAMETERS, plan, recorded);
    }

    private Runnable interruptBeforeImage(int index) {
        int[] image = {0};
        return () -> {
            if (image[0]++ == index) {
                throw new IllegalStateException("interrupted");
            }
        };
    }

    private EvaluationRun run(int skip) {
        return new EvaluationRun(
                new CertifiedPrediction.Model("fake", "1", dataset.sha256()),
                new CertifiedPrediction.Engine("cpu", "fp32", "none", "0", null),
                PARAMETERS.sigma(),
                PARAMETERS.alpha(),
                PARAMETERS.n0(),
                PARAMETERS.n(),
                PARAMETERS.noise().toString(),
                null,
                dataset.name(),
                dataset.sha256(),
                skip,
                null);
    }
}
