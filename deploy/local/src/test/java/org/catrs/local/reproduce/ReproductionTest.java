// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.reproduce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.catrs.local.process.FakeCommands;
import org.catrs.local.process.FrontDoor;
import org.catrs.local.process.StepFailedException;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.paper.PaperTable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class ReproductionTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @TempDir
    Path directory;

    @Test
    void shouldTrainAndEvaluateEachRowAndWriteTheTable() throws Exception {
        run(plan(7, null, Set.of(), 1000));

        assertThat(directory.resolve("out/noises-8/model.json"))
                .content()
                .isEqualTo("train --preset cifar10/sigma-0.50/cat-rs --arch resnet20 --lambda 1.0 --p0 0.1 --noises 8"
                        + " --epochs 2.0 --seed 0 --dataset cifar10 --out " + directory.resolve("out/noises-8"));
        assertThat(directory.resolve("out/noises-8.tsv"))
                .content()
                .contains("evaluate --model " + directory.resolve("out/noises-8") + " --dataset cifar10 --n 1000")
                .contains("--skip 20 --max 3");
        assertThat(directory.resolve("out/table-7.md"))
                .content()
                .contains("By `deploy/catrs reproduce --table 7`")
                .contains("## sigma 0.50")
                .contains("fake report")
                .contains("noises-1.tsv")
                .contains("![](table-7-sigma-0.50.svg)")
                .contains("![](table-7-sigma-0.50-trade-off.svg)");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("[4/4] sigma 0.50, M = 8");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void shouldDrawNoTradeOffBetweenAblations() throws Exception {
        run(plan(3, null, Set.of(), 1000));

        assertThat(directory.resolve("out/table-3.md"))
                .content()
                .contains("![](table-3-sigma-0.50.svg)")
                .doesNotContain("trade-off");
    }

    @Test
    void shouldNotDoAFinishedRowAgain() throws Exception {
        run(plan(7, null, Set.of(), 1000));
        run(plan(7, null, Set.of(), 1000));

        assertThat(Files.readAllLines(directory.resolve("out/noises-1.tsv"))).hasSize(1);
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("finished earlier");
    }

    @Test
    void shouldGoOnWithATrainingThatWasInterrupted() throws Exception {
        Files.createFile(Files.createDirectories(directory.resolve("out/sigma-1.00-cat-rs"))
                .resolve("checkpoint.bin"));

        run(plan(1, 1.0, Set.of("cat-rs"), 1000));

        assertThat(directory.resolve("out/sigma-1.00-cat-rs/model.json"))
                .content()
                .endsWith("--resume");
    }

    @Test
    void shouldGoOnAfterTheStepThatFailed() throws Exception {
        assertThatThrownBy(() -> run(plan(1, 0.5, Set.of("cat-rs"), 13)))
                .isInstanceOf(StepFailedException.class)
                .hasMessage("evaluate ended with exit code 3; what it printed is above. The same command goes on from"
                        + " here.");
        assertThat(directory.resolve("out/table-1.md")).doesNotExist();
        assertThat(directory.resolve("out/sigma-0.50-cat-rs.finished")).doesNotExist();
        Files.delete(directory.resolve("out/sigma-0.50-cat-rs.settings"));

        run(plan(1, 0.5, Set.of("cat-rs"), 1000));

        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("trained earlier");
        assertThat(directory.resolve("out/table-1.md")).exists();
    }

    @Test
    void shouldNotTakeRowsOfOtherSettingsForItsOwn() throws Exception {
        run(plan(1, 0.5, Set.of("cat-rs"), 1000));

        assertThatThrownBy(() -> run(plan(1, 0.5, Set.of("cat-rs"), 2000)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("holds the row sigma-0.50-cat-rs by other settings")
                .hasMessageContaining("n=1000")
                .hasMessageContaining("n=2000");
    }

    @Test
    void shouldSayWhichRowsThereAreWhenNoneIsMeant() {
        assertThatThrownBy(() -> run(plan(3, 0.25, Set.of(), 1000)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("Table 3 has no such row; it has sigma 0.50 and the methods gaussian, cat-rs");
    }

    private ReproductionPlan plan(int table, @Nullable Double sigma, Set<String> methods, long n) {
        return new ReproductionPlan(PaperTable.of(table), sigma, methods, false, 2.0, 0, 20, 3, n, null);
    }

    private void run(ReproductionPlan plan) throws IOException {
        new Reproduction(
                        plan,
                        new ReproductionFolder(directory.resolve("out")),
                        new FrontDoor(FakeCommands.writeScript(directory)),
                        "deploy/catrs reproduce --table " + plan.table().number(),
                        new PrintStream(printed, true, StandardCharsets.UTF_8))
                .run();
    }
}
