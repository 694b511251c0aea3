// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VoteFileTest {
    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("votes.tsv");
    }

    @Test
    void shouldGoOnAfterItsWholeLines() throws IOException {
        VoteFile votes = new VoteFile(file, "votes=5", 2);
        assertThat(votes.open()).isEmpty();
        votes.append(0, new int[][] {{5, 0}, {3, 2}});
        Files.writeString(file, "2\t4", StandardOpenOption.APPEND);

        assertThat(votes.open()).containsExactly(new int[] {5, 0}, new int[] {3, 2});
        votes.append(2, new int[][] {{1, 4}});
        assertThat(file).hasContent("# votes=5\nimage\t0\t1\n0\t5\t0\n1\t3\t2\n2\t1\t4\n");
    }

    @Test
    void shouldRefuseOtherVotes() {
        new VoteFile(file, "votes=5", 2).open();

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> new VoteFile(file, "votes=6", 2).open())
                .withMessageContaining("votes=5")
                .withMessageContaining("votes=6")
                .withMessageContaining("remove it");
    }

    @Test
    void shouldRefuseADamagedLine() throws IOException {
        VoteFile votes = new VoteFile(file, "votes=5", 2);
        votes.open();
        Files.writeString(file, "0\t4\tx\n", StandardOpenOption.APPEND);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(votes::open)
                .withMessageContaining("the line of image 0");
    }
}
