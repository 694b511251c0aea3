// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Split;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@ResourceLock(Resources.SYSTEM_ERR)
class TerminalTest {
    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @BeforeEach
    void catchStandardError() {
        System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveStandardErrorBack() {
        System.setErr(standardError);
    }

    @Test
    void shouldEndWithZeroOnSuccess() {
        Sample sample = new Sample(null);
        assertThat(Terminal.run(sample, "--split", "test")).isZero();
        assertThat(sample.split).isEqualTo(Split.TEST);
        assertThat(error()).isEmpty();
    }

    @Test
    void shouldSayInOneLineWhatTheUserCanMend() {
        assertThat(Terminal.run(new Sample(new InvalidDataException("no data at a/b"))))
                .isEqualTo(1);
        assertThat(error()).isEqualToNormalizingNewlines("error: no data at a/b\n");
    }

    @Test
    void shouldSayInOneLineThatADiskIsFull() {
        IOException full = new IOException("No space left on device");
        assertThat(Terminal.run(new Sample(new UncheckedIOException("a/b: cannot be written: " + full, full))))
                .isEqualTo(1);
        assertThat(error()).startsWith("error: a/b: cannot be written").hasLineCount(1);
    }

    @Test
    void shouldSayInOneLineThatTheLocaleCannotSpellAName() {
        assertThat(Terminal.run(new Sample(new InvalidPathException("m\u00fcll", "unmappable characters"))))
                .isEqualTo(1);
        assertThat(error())
                .contains("cannot name a file here", "LC_ALL=C.UTF-8")
                .hasLineCount(1);
    }

    @Test
    void shouldShowTheStackTraceOfAnyOtherFailure() {
        assertThat(Terminal.run(new Sample(new IllegalStateException("broken"))))
                .isEqualTo(1);
        assertThat(error()).contains("IllegalStateException: broken").contains("at " + TerminalTest.class.getName());
    }

    @Test
    void shouldEndWithTwoOnWrongUsage() {
        assertThat(Terminal.run(new Sample(null), "--unknown")).isEqualTo(2);
        assertThat(error())
                .startsWith("error: Unknown option: '--unknown'")
                .endsWith("see deploy/sample --help" + System.lineSeparator())
                .hasLineCount(2);
        assertThat(Terminal.run(new Sample(null), "--split", "both")).isEqualTo(2);
        assertThat(error()).contains("both");
    }

    @Test
    void shouldProposeTheOptionThatWasMeant() {
        assertThat(Terminal.run(new Sample(null), "--splits", "test")).isEqualTo(2);
        assertThat(error()).contains("--split");
    }

    @Test
    void shouldEndWithTwoOnUsageThatACommandFindsWrong() {
        assertThat(Terminal.run(new Sample(null), "--refuse")).isEqualTo(2);
        assertThat(error()).contains("not both");
    }

    private String error() {
        return error.toString(StandardCharsets.UTF_8);
    }

    @Command(name = "sample")
    private static final class Sample implements Runnable {
        private final RuntimeException failure;

        @Spec
        private CommandSpec spec;

        @Option(names = "--split")
        private Split split;

        @Option(names = "--refuse")
        private boolean refuse;

        Sample(RuntimeException failure) {
            this.failure = failure;
        }

        @Override
        public void run() {
            if (refuse) {
                throw new ParameterException(spec.commandLine(), "not both");
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
