// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnNamesTest {
    @ParameterizedTest
    @CsvSource({
        "one/run.tsv, run",
        "a/one.tsv two.tsv, one two",
        "a/run.tsv b/run.tsv, a b",
        "a/s/run.tsv b/s/run.tsv, a b",
        "a/x/run.tsv a/y/run.tsv b/x/run.tsv, a/x a/y b/x",
        "run.tsv a/run.tsv, picture a"
    })
    void shouldCallFilesByWhatTellsThemApart(String files, String names) {
        List<Path> paths = Arrays.stream(files.split(" "))
                .map(Path.of("/top/picture")::resolve)
                .toList();

        assertThat(ColumnNames.of(paths)).containsExactly(names.split(" "));
    }

    @Test
    void shouldTakeAFileOnceHoweverItIsNamed() {
        assertThat(ColumnNames.distinct(List.of(Path.of("a/run.tsv"), Path.of("b/../a/./run.tsv"))))
                .containsExactly(Path.of("a/run.tsv"));
    }
}
