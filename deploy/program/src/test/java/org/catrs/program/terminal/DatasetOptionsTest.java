// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Split;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class DatasetOptionsTest {
    @Test
    void shouldOpenDigitsWithoutAFolder() {
        assertThat(parse("--dataset", "digits").open(Split.TEST).name()).isEqualTo("digits/test");
    }

    @Test
    void shouldLookInTheFolderThatIsGiven(@TempDir Path folder) {
        DatasetOptions options = parse("--dataset", "MNIST", "--data", folder.toString());

        assertThatThrownBy(() -> options.open(Split.TEST))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void shouldAskForAFolderWhereNoneIsGiven() {
        assumeTrue(System.getenv("CATRS_DATA") == null, "CATRS_DATA gives the folder otherwise");
        DatasetOptions options = parse("--dataset", "mnist");

        assertThatThrownBy(() -> options.open(Split.TEST))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("--data DIR");
    }

    @Test
    void shouldNeedAKind() {
        assertThatThrownBy(() -> parse())
                .isInstanceOf(CommandLine.MissingParameterException.class)
                .hasMessageContaining("--dataset");
    }

    private static DatasetOptions parse(String... arguments) {
        WithDataset command = new WithDataset();
        new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return command.dataset;
    }

    @Command(name = "test")
    private static final class WithDataset {
        @CommandLine.Mixin
        private DatasetOptions dataset = new DatasetOptions();
    }
}
