// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catrs.local.process.FakeCommands;
import org.catrs.local.process.FrontDoor;
import org.catrs.local.process.StepFailedException;
import org.catrs.local.process.TestJvm;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.DatasetKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class DemoTest {
    @TempDir
    Path directory;

    @Test
    void shouldRunEveryStepAndLeaveNoProcess() throws Exception {
        demo("cat-rs", 100).run(false);
        assertThat(ProcessHandle.current().descendants()).isEmpty();
        assertThat(Files.readAllLines(directory.resolve("out/logs/publish.log")))
                .singleElement()
                .asString()
                .contains("--dataset digits --max 10 --skip 50");
        assertThat(directory.resolve("out/predictions.tsv")).exists();
        assertThat(directory.resolve("out/broker")).doesNotExist();
    }

    @Test
    void shouldServeATrainedModelWithoutTraining() throws Exception {
        DemoData data = new DemoData(DatasetKind.DIGITS, null, 1000, 500, "as the test wants");
        DemoPlan plan = new DemoPlan(data, "mnist-0.50", "fails", 0.5, 1, 10, 100);

        new Demo(plan, new DemoFolder(directory.resolve("out")), new FrontDoor(FakeCommands.writeScript(directory)))
                .run(false);

        assertThat(directory.resolve("out/logs/serve.log")).content().contains("--model mnist-0.50");
        assertThat(directory.resolve("out/predictions.tsv")).exists();
    }

    @Test
    void shouldOverwriteTheResultsOfAnEarlierRun() throws Exception {
        demo("cat-rs", 100).run(false);
        Path left = Files.writeString(directory.resolve("out/logs/left.log"), "from the first run");
        demo("cat-rs", 100).run(false);
        assertThat(left).doesNotExist();
    }

    @Test
    void shouldSpareAFolderThatIsNotTheDemos() throws Exception {
        Path mine = Files.createDirectories(directory.resolve("out/model")).resolve("mine.txt");
        Files.writeString(mine, "precious");
        assertThatThrownBy(() -> demo("cat-rs", 100).run(false))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("holds files that are not the demo's");
        assertThat(mine).hasContent("precious");
    }

    @Test
    void shouldTellThatTrainingFailed() {
        assertThatThrownBy(() -> demo("fails", 100).run(false))
                .isInstanceOf(StepFailedException.class)
                .hasMessage("train ended with exit code 3; what it printed is above");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void shouldShowTheLastLinesOfACertifierThatFailed() {
        assertThatThrownBy(() -> demo("cat-rs", 13).run(false))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("serve ended with exit code 1; the last lines of its log:")
                .hasMessageContaining("13 noise samples are bad luck");
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void shouldTakeItsProcessesWithItWhenItIsStopped(String signal) throws Exception {
        Process demo = new ProcessBuilder(TestJvm.command(KeepsRunning.class, directory.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        awaitLine(demo.inputReader(), "Broker and certifier go on until Ctrl-C.");
        List<ProcessHandle> children = demo.toHandle().descendants().toList();
        assertThat(children).hasSize(2);
        new ProcessBuilder("kill", "-" + signal, Long.toString(demo.pid()))
                .start()
                .waitFor();
        for (ProcessHandle child : children) {
            child.onExit().get(20, TimeUnit.SECONDS);
        }
        assertThat(demo.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    private Demo demo(String method, long n) throws Exception {
        return demo(directory, method, n);
    }

    private static Demo demo(Path directory, String method, long n) throws Exception {
        DemoData data = new DemoData(DatasetKind.DIGITS, null, 1000, 500, "as the test wants");
        DemoPlan plan = new DemoPlan(data, null, method, 0.5, 1, 10, n);
        FrontDoor fake = new FrontDoor(FakeCommands.writeScript(directory));
        return new Demo(plan, new DemoFolder(directory.resolve("out")), fake);
    }

    private static void awaitLine(BufferedReader reader, String start) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
            if (line.startsWith(start)) {
                return;
            }
        }
        fail("it ended without the line '%s': %s", start, lines);
    }

    public static final class KeepsRunning {
        public static void main(String[] arguments) throws Exception {
            demo(Path.of(arguments[0]), "cat-rs", 100).run(true);
        }
    }
}
