// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path directory;

    @Test
    void shouldEndWithAParentThatIsKilled() throws Exception {
        Process parent = new ProcessBuilder(TestJvm.command(StartsAChild.class, directory.toString())).start();
        ProcessHandle child = ProcessHandle.of(
                        Long.parseLong(parent.inputReader().readLine()))
                .orElseThrow();
        parent.destroyForcibly().waitFor();
        child.onExit().get(20, TimeUnit.SECONDS);
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void shouldIgnoreTheInterruptOfTheTerminalAndStopOrderly() throws Exception {
        ChildProcess child = start(SaysGoodbye.class);
        awaitLine(child, "ready");
        new ProcessBuilder("kill", "-INT", Long.toString(child.process().pid()))
                .start()
                .waitFor();
        new ProcessBuilder("kill", "-HUP", Long.toString(child.process().pid()))
                .start()
                .waitFor();
        child.close();
        assertThat(child.lastLines()).isEqualTo("ready\ngoodbye");
        // 128 + SIGTERM: neither SIGINT (130) nor SIGHUP (129) ended it.
        assertThat(child.process().exitValue()).isEqualTo(143);
    }

    private ChildProcess start(Class<?> main) {
        return ChildProcess.logging(
                "child", TestJvm.command(Guarded.class, main.getName()), directory.resolve("child.log"));
    }

    private static void awaitLine(ChildProcess child, String line) throws InterruptedException {
        while (!child.lastLines().contains(line)) {
            assertThat(child.process().waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    public static final class StartsAChild {
        public static void main(String[] arguments) throws InterruptedException, IOException {
            ChildProcess child = ChildProcess.logging(
                    "child",
                    TestJvm.command(Guarded.class, GuardedTest.WaitsForever.class.getName()),
                    Path.of(arguments[0], "child.log"));
            System.out.println(child.process().pid());
            new CountDownLatch(1).await();
        }
    }

    public static final class SaysGoodbye {
        public static void main(String[] arguments) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("goodbye")));
            System.out.println("ready");
            new CountDownLatch(1).await();
        }
    }
}
