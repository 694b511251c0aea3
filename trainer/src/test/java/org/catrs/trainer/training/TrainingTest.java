// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.training.checkpoint.Checkpoint;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.catrs.trainer.training.optimizer.OptimizerKind;
import org.catrs.trainer.training.optimizer.OptimizerRecipe;
import org.catrs.trainer.training.recipe.PretrainedNetwork;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class TrainingTest {
    @TempDir
    private Path folder;

    private float[] train(String name, TrainingRecipe recipe) {
        return SmallTraining.run(TrainingFolder.open(folder.resolve(name), false), recipe, false)
                .values();
    }

    @Test
    void shouldRepeatWithTheSameSeedAndDifferWithAnother() {
        float[] first = train("first", SmallTraining.recipe(1, 0.05, 1));

        assertThat(train("second", SmallTraining.recipe(1, 0.05, 1))).isEqualTo(first);
        assertThat(train("third", SmallTraining.recipe(1, 0.05, 2))).isNotEqualTo(first);
    }

    @Test
    void shouldReachTheSameWeightsWhenKilledAndResumed() throws Exception {
        TrainingRecipe recipe = SmallTraining.recipe(12, 0.05, 7);
        float[] uninterrupted = train("uninterrupted", recipe);
        Path killed = folder.resolve("killed");
        killInTheMiddle(killed);
        int epochsBefore = log(killed).size() - 1;

        float[] resumed = SmallTraining.run(TrainingFolder.open(killed, true), recipe, true)
                .values();

        assertThat(epochsBefore).isBetween(1, 11);
        assertThat(resumed).isEqualTo(uninterrupted);
        assertThat(log(killed)).hasSize(13).last().asString().startsWith("12.00\t");
        assertThat(withoutTimes(killed)).isEqualTo(withoutTimes(folder.resolve("uninterrupted")));
    }

    @ParameterizedTest
    @CsvSource({"SGD, 0.05, 0", "SGD, 0.05, 0.4", "MUON, 0.002, 0"})
    void shouldReachTheSameWeightsWhenStoppedWithinAnEpochAndResumed(
            OptimizerKind kind, double learningRate, double average) throws Exception {
        TrainingRecipe recipe = SmallTraining.recipe(
                Architecture.LENET, 2, 32, SmallTraining.optimizer(kind, learningRate, average), 7);
        float[] uninterrupted = train("uninterrupted", recipe);
        Path stopped = folder.resolve("stopped");
        QuietObserver stopAtStep6 = new QuietObserver() {
            @Override
            public Wish wish() {
                return steps == 6 ? Wish.STOP : Wish.GO_ON;
            }
        };

        assertThat(SmallTraining.run(TrainingFolder.open(stopped, false), recipe, false, stopAtStep6))
                .isEmpty();
        float[] resumed = SmallTraining.run(TrainingFolder.open(stopped, true), recipe, true)
                .values();

        assertThat(stopAtStep6.steps).isEqualTo(6);
        assertThat(resumed).isEqualTo(uninterrupted);
        assertThat(withoutTimes(stopped)).isEqualTo(withoutTimes(folder.resolve("uninterrupted")));
        assertThat(PretrainedNetwork.read(stopped).version())
                .isEqualTo(new Parameters(List.of(), resumed).sha256().substring(0, 12));
    }

    @Test
    void shouldGoOnFromACheckpointThatSpellsItsRecipeAsEarlierVersionsDid() {
        OptimizerRecipe muon = SmallTraining.optimizer(OptimizerKind.MUON, 0.002, 0);
        TrainingRecipe recipe = SmallTraining.recipe(Architecture.LENET, 1, 32, muon, 7);
        float[] trained = train("earlier", recipe);
        spellAsEarlierVersionsDid(folder.resolve("earlier").resolve(TrainingFolder.CHECKPOINT));

        float[] resumed = SmallTraining.run(TrainingFolder.open(folder.resolve("earlier"), true), recipe, true)
                .values();

        assertThat(resumed).isEqualTo(trained);
    }

    private static void spellAsEarlierVersionsDid(Path checkpoint) {
        Checkpoint.Content content = Checkpoint.read(checkpoint);
        SortedMap<String, String> facts = content.facts();
        facts.put("optimiser", Objects.requireNonNull(facts.remove("optimizer")));
        facts.put("normalisation", Objects.requireNonNull(facts.remove("normalization")));
        new Checkpoint(checkpoint, facts).write(content.state());
    }

    /** Kills a training of 12 epochs, as kill -9 does, when its first checkpoint is there. */
    private void killInTheMiddle(Path out) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallTraining.class.getName(),
                        out.toString(),
                        "12")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile())
                .start();
        Path log = out.resolve(TrainingFolder.LOG);
        while (process.isAlive() && !(Files.exists(log) && log(out).size() > 1)) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor();
    }

    private static List<String> log(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve(TrainingFolder.LOG));
    }

    private static List<String> withoutTimes(Path folder) throws IOException {
        return log(folder).stream()
                .map(line -> line.replaceFirst("\t[^\t]*\t[^\t]*", "").replaceFirst("\t[^\t]*$", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"SGD, 0.05", "MUON, 0.02"})
    void shouldLowerTheLoss(OptimizerKind kind, double learningRate) throws IOException {
        OptimizerRecipe optimizer = SmallTraining.optimizer(kind, learningRate, 0);
        train("lower", SmallTraining.recipe(Architecture.LENET, 12, 32, optimizer, 1));
        List<String> lines = log(folder.resolve("lower"));

        assertThat(loss(lines.get(12))).isLessThan(0.9 * loss(lines.get(1)));
    }

    private static double loss(String line) {
        return Double.parseDouble(List.of(line.split("\t", -1)).get(4));
    }

    @Test
    void shouldEndWithinAnEpoch() throws IOException {
        train("fraction", SmallTraining.recipe(1.5, 0.05, 1));

        assertThat(log(folder.resolve("fraction")))
                .extracting(line -> line.replaceFirst("\t.*", ""))
                .containsExactly("epoch", "1.000", "1.500");
    }

    @Test
    void shouldStopWhenTheLossIsNoLongerFinite() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> train("diverged", SmallTraining.recipe(5, 1e9, 1)))
                .withMessageContaining("diverged")
                .withMessageContaining("--learning-rate");
    }

    @Test
    void shouldNotResumeWithOtherOptions() {
        train("other", SmallTraining.recipe(1, 0.05, 1));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> SmallTraining.run(
                        TrainingFolder.open(folder.resolve("other"), true), SmallTraining.recipe(1, 0.1, 1), true))
                .withMessageContaining("learning-rate was 0.05 and is now 0.1");
    }

    @Test
    void shouldNotResumeWithoutTheAverageThatWasTaken() {
        train(
                "average",
                SmallTraining.recipe(
                        Architecture.LENET, 1, 32, SmallTraining.optimizer(OptimizerKind.SGD, 0.05, 0.5), 1));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> SmallTraining.run(
                        TrainingFolder.open(folder.resolve("average"), true), SmallTraining.recipe(1, 0.05, 1), true))
                .withMessageContaining("average was 0.5 and is now not given");
    }

    @Test
    void shouldNotResumeFromADamagedCheckpoint() throws IOException {
        train("damaged", SmallTraining.recipe(1, 0.05, 1));
        Path checkpoint = folder.resolve("damaged").resolve("checkpoint.bin");
        byte[] bytes = Files.readAllBytes(checkpoint);
        bytes[bytes.length / 2] ^= 1;
        Files.write(checkpoint, bytes);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> SmallTraining.run(
                        TrainingFolder.open(folder.resolve("damaged"), true), SmallTraining.recipe(1, 0.05, 1), true))
                .withMessageContaining("no whole checkpoint");
    }

    @Test
    void shouldNotOverwriteATraining() {
        train("twice", SmallTraining.recipe(1, 0.05, 1));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TrainingFolder.open(folder.resolve("twice"), false))
                .withMessageContaining("--resume");
    }

    @Test
    void shouldSayThatThereIsNothingToResume() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TrainingFolder.open(folder.resolve("empty"), true))
                .withMessageContaining("nothing to resume");
    }

    @Test
    void shouldRefuseAStepOfMoreImagesThanThereAre() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> train("large", SmallTraining.recipe(Architecture.LENET, 1, 0.05, 129, 1)))
                .withMessageContaining("--batch must be at most the number of images, 128");
    }
}
