// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.training.optimizer.OptimizerKind;
import org.catrs.trainer.training.optimizer.OptimizerParameters;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class TrainingTest {
    @TempDir
    private Path folder;

    private float[] train(String name, TrainingPlan plan) {
        return SmallTraining.run(TrainingFolder.open(folder.resolve(name), false), plan, false)
                .values();
    }

    @Test
    void shouldRepeatWithTheSameSeedAndDifferWithAnother() {
        float[] first = train("first", SmallTraining.plan(1, 0.05, 1));

        assertThat(train("second", SmallTraining.plan(1, 0.05, 1))).isEqualTo(first);
        assertThat(train("third", SmallTraining.plan(1, 0.05, 2))).isNotEqualTo(first);
    }

    @Test
    void shouldReachTheSameWeightsWhenKilledAndResumed() throws Exception {
        TrainingPlan plan = SmallTraining.plan(12, 0.05, 7);
        float[] uninterrupted = train("uninterrupted", plan);
        Path killed = folder.resolve("killed");
        killInTheMiddle(killed);
        int epochsBefore = log(killed).size() - 1;

        float[] resumed =
                SmallTraining.run(TrainingFolder.open(killed, true), plan, true).values();

        assertThat(epochsBefore).isBetween(1, 11);
        assertThat(resumed).isEqualTo(uninterrupted);
        assertThat(log(killed)).hasSize(13).last().asString().startsWith("12.00\t");
        assertThat(withoutTimes(killed)).isEqualTo(withoutTimes(folder.resolve("uninterrupted")));
    }

    @ParameterizedTest
    @CsvSource({"SGD, 0.05, 0", "SGD, 0.05, 0.4", "MUON, 0.002, 0"})
    void shouldReachTheSameWeightsWhenStoppedWithinAnEpochAndResumed(
            OptimizerKind kind, double learningRate, double average) throws Exception {
        TrainingPlan plan =
                SmallTraining.plan(Architecture.LENET, 2, 32, SmallTraining.optimizer(kind, learningRate, average), 7);
        float[] uninterrupted = train("uninterrupted", plan);
        Path stopped = folder.resolve("stopped");
        QuietObserver stopAtStep6 = new QuietObserver() {
            @Override
            public Wish wish() {
                return steps == 6 ? Wish.STOP : Wish.GO_ON;
            }
        };

        assertThat(SmallTraining.run(TrainingFolder.open(stopped, false), plan, false, stopAtStep6))
                .isEmpty();
        float[] resumed = SmallTraining.run(TrainingFolder.open(stopped, true), plan, true)
                .values();

        assertThat(stopAtStep6.steps).isEqualTo(6);
        assertThat(resumed).isEqualTo(uninterrupted);
        assertThat(withoutTimes(stopped)).isEqualTo(withoutTimes(folder.resolve("uninterrupted")));
        assertThat(InitialParameters.read(stopped).version())
                .isEqualTo(new Parameters(List.of(), resumed).sha256().substring(0, 12));
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
        Path log = out.resolve(TrainingLog.FILE_NAME);
        while (process.isAlive() && !(Files.exists(log) && log(out).size() > 1)) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor();
    }

    private static List<String> log(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve(TrainingLog.FILE_NAME));
    }

    private static List<String> withoutTimes(Path folder) throws IOException {
        return log(folder).stream()
                .map(line -> line.replaceFirst("\t[^\t]*\t[^\t]*", "").replaceFirst("\t[^\t]*$", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"SGD, 0.05", "MUON, 0.02"})
    void shouldLowerTheLoss(OptimizerKind kind, double learningRate) throws IOException {
        OptimizerParameters optimizer = SmallTraining.optimizer(kind, learningRate, 0);
        train("lower", SmallTraining.plan(Architecture.LENET, 12, 32, optimizer, 1));
        List<String> lines = log(folder.resolve("lower"));

        assertThat(loss(lines.get(12))).isLessThan(0.9 * loss(lines.get(1)));
    }

    private static double loss(String line) {
        return Double.parseDouble(List.of(line.split("\t", -1)).get(4));
    }

    @Test
    void shouldEndWithinAnEpoch() throws IOException {
        train("fraction", SmallTraining.plan(1.5, 0.05, 1));

        assertThat(log(folder.resolve("fraction")))
                .extracting(line -> line.replaceFirst("\t.*", ""))
                .containsExactly("epoch", "1.000", "1.500");
    }

    @Test
    void shouldStopWhenTheLossIsNoLongerFinite() {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> train("diverged", SmallTraining.plan(5, 1e9, 1)))
                .withMessageContaining("diverged")
                .withMessageContaining("--learning-rate");
    }

    @Test
    void shouldNotResumeWithOtherOptions() {
        train("other", SmallTraining.plan(1, 0.05, 1));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> SmallTraining.run(
                        TrainingFolder.open(folder.resolve("other"), true), SmallTraining.plan(1, 0.1, 1), true))
                .withMessageContaining("learning-rate was 0.05 and is now 0.1");
    }

    @Test
    void shouldNotResumeWithoutTheAverageThatWasTaken() {
        train(
                "average",
                SmallTraining.plan(
                        Architecture.LENET, 1, 32, SmallTraining.optimizer(OptimizerKind.SGD, 0.05, 0.5), 1));

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> SmallTraining.run(
                        TrainingFolder.open(folder.resolve("average"), true), SmallTraining.plan(1, 0.05, 1), true))
                .withMessageContaining("average was 0.5 and is now not given");
    }

    @Test
    void shouldNotResumeFromADamagedCheckpoint() throws IOException {
        train("damaged", SmallTraining.plan(1, 0.05, 1));
        Path checkpoint = folder.resolve("damaged").resolve("checkpoint.bin");
        byte[] bytes = Files.readAllBytes(checkpoint);
        bytes[bytes.length / 2] ^= 1;
        Files.write(checkpoint, bytes);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> SmallTraining.run(
                        TrainingFolder.open(folder.resolve("damaged"), true), SmallTraining.plan(1, 0.05, 1), true))
                .withMessageContaining("no whole checkpoint");
    }

    @Test
    void shouldNotOverwriteATraining() {
        train("twice", SmallTraining.plan(1, 0.05, 1));

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
                .isThrownBy(() -> train("large", SmallTraining.plan(Architecture.LENET, 1, 0.05, 129, 1)))
                .withMessageContaining("--batch must be at most the number of images, 128");
    }
}
