// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class VersionTest {
    @Test
    void shouldSayVersionAndCommit() {
        assertThat(Version.of(Map.of("CATRS_COMMIT", "ab12-dirty")).toString())
                .matches("catrs \\d+\\.\\d+\\.\\d+\\S* \\(commit ab12-dirty\\)");
    }

    @Test
    void shouldSayThatTheCommitIsUnknownWithoutGit() {
        assertThat(Version.of(Map.of()).commit()).isEmpty();
        assertThat(Version.of(Map.of("CATRS_COMMIT", "")).toString()).endsWith(" (commit unknown)");
    }

    @Test
    void shouldBeSaidByEachCommandAtAnyDepth() {
        StringWriter out = new StringWriter();
        CommandLine line = Terminal.commandLine(new Outer()).setOut(new PrintWriter(out));
        assertThat(line.execute("middle", "inner", "--version")).isZero();
        assertThat(out.toString().strip()).isEqualTo(Version.ofThisProgram().toString());
    }

    @Command(name = "outer", mixinStandardHelpOptions = true, subcommands = Middle.class)
    private static final class Outer {}

    @Command(name = "middle", mixinStandardHelpOptions = true, subcommands = Inner.class)
    private static final class Middle {}

    @Command(name = "inner", mixinStandardHelpOptions = true)
    private static final class Inner {}
}
