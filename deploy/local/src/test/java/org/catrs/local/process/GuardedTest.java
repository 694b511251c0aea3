// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GuardedTest {
    @Test
    void shouldHaltWhenStandardInputEnds() throws Exception {
        Process process = guarded(WaitsForever.class);
        assertThat(firstLine(process)).isEqualTo("waiting");
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(Guarded.PARENT_GONE);
    }

    @Test
    void shouldPassArgumentsOnAndEndWithTheProgram() throws Exception {
        Process process = guarded(PrintsArguments.class, "one", "two words");
        assertThat(firstLine(process)).isEqualTo("[one, two words]");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void shouldFailWithTheProgram() throws Exception {
        Process process = guarded(Fails.class);
        assertThat(firstLine(process)).contains("IllegalStateException: as the test wants");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    private static Process guarded(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(TestJvm.command(Guarded.class, main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader reader = process.inputReader();
        return reader.readLine();
    }

    public static final class WaitsForever {
        public static void main(String[] arguments) throws InterruptedException {
            System.out.println("waiting");
            new CountDownLatch(1).await();
        }
    }

    public static final class PrintsArguments {
        public static void main(String[] arguments) {
            System.out.println(List.of(arguments));
        }
    }

    public static final class Fails {
        public static void main(String[] arguments) {
            throw new IllegalStateException("as the test wants");
        }
    }
}
