// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCurvesTest {
    private static final String HEADER = "epoch\tseconds\tloss\tconfident_share\n";

    @TempDir
    private Path folder;

    @Test
    void shouldShowTheEpochsOfATraining() throws IOException {
        Path training = training("mine", HEADER + "1.000\t10.5\t0.8\t0.75\n2.000\t9.5\t0.6\t0.9\n");

        assertThat(TrainingCurves.of(List.of(training)).toText().lines())
                .containsExactly(
                        "mine",
                        "epoch  seconds  loss  confident_share",
                        "1.000     10.5   0.8             0.75",
                        "2.000      9.5   0.6              0.9");
    }

    @Test
    void shouldDrawSeveralTrainings() throws IOException {
        Path one = training("one", HEADER + "1.000\t10.5\t0.8\t0.75\n2.000\t9.5\t0.6\t0.9\n");
        Path two = training("two", HEADER + "1.000\t10.5\t1.8\t0.5\n");

        TrainingCurves.of(List.of(one, two)).plot(folder.resolve("plot.png"));

        assertThat(ImageIO.read(folder.resolve("plot.png").toFile()).getWidth()).isGreaterThan(500);
    }

    @Test
    void shouldDrawThePartsOfTheLossOfASingleTraining() throws IOException {
        String parts = "epoch\tloss\tbase_loss\trobust_loss\tconfident_share\n1.000\t0.8\t0.5\t0.3\t0.75\n";
        Path one = training("one", parts);
        Path two = training("two", parts);

        TrainingCurves.of(List.of(one)).plot(folder.resolve("one.svg"));
        TrainingCurves.of(List.of(one, two)).plot(folder.resolve("both.svg"));

        // The third colour: after the loss, its first part; of two trainings there are but two colours.
        assertThat(folder.resolve("one.svg")).content().contains("rgb(0,158,115)");
        assertThat(folder.resolve("both.svg")).content().doesNotContain("rgb(0,158,115)");
    }

    @Test
    void shouldSayThatThereIsNoLog() {
        assertThatThrownBy(() -> TrainingCurves.of(List.of(folder)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("training.tsv cannot be read")
                .hasMessageContaining("name a folder that 'train' wrote to");
    }

    @Test
    void shouldSayWhatIsWrongWithALog() throws IOException {
        Path noEpochs = training("none", HEADER);
        Path noColumn = training("column", "epoch\tloss\n1\t2\n");
        Path noNumber = training("number", HEADER + "1.000\t10.5\thigh\t0.75\n");

        assertThatThrownBy(() -> TrainingCurves.of(List.of(noEpochs))).hasMessageContaining("no epochs yet");
        assertThatThrownBy(() -> TrainingCurves.of(List.of(noColumn)))
                .hasMessageContaining("no column confident_share");
        assertThatThrownBy(() -> TrainingCurves.of(List.of(noNumber)).plot(folder.resolve("plot.svg")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("'high'");
    }

    private Path training(String name, String log) throws IOException {
        Path training = Files.createDirectories(folder.resolve(name));
        Files.writeString(training.resolve("training.tsv"), log);
        return training;
    }
}
