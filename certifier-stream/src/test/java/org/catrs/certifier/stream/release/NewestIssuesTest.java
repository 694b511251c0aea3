// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewestIssuesTest {
    private static final Instant FIRST = Instant.parse("2026-11-30T12:00:00.123Z");
    private static final Instant SECOND = FIRST.plusMillis(1);

    @TempDir
    private Path work;

    @Test
    void shouldKnowTheNewestOfEachModelAfterARestart() {
        NewestIssues issues = NewestIssues.open(work);
        issues.raise("digits", SECOND);
        issues.raise("digits", FIRST);
        issues.raise("../a name for no file", FIRST);
        NewestIssues again = NewestIssues.open(work);
        assertThat(again.of("digits")).isEqualTo(SECOND);
        assertThat(again.of("../a name for no file")).isEqualTo(FIRST);
        assertThat(again.of("letters")).isEqualTo(Instant.MIN);
    }

    @Test
    void shouldNotTakeBackWhatAnotherInstanceKept() {
        NewestIssues one = NewestIssues.open(work);
        NewestIssues other = NewestIssues.open(work);
        other.raise("digits", SECOND);
        one.raise("digits", FIRST);
        assertThat(one.of("digits")).isEqualTo(SECOND);
        assertThat(NewestIssues.open(work).of("digits")).isEqualTo(SECOND);
    }

    @Test
    void shouldDoWithoutWhatIsDamagedAndMendIt() throws IOException {
        NewestIssues.open(work).raise("digits", SECOND);
        try (Stream<Path> files = Files.list(work)) {
            Files.writeString(files.findFirst().orElseThrow(), "damaged");
        }
        NewestIssues issues = NewestIssues.open(work);
        assertThat(issues.of("digits")).isEqualTo(Instant.MIN);
        issues.raise("digits", FIRST);
        assertThat(NewestIssues.open(work).of("digits")).isEqualTo(FIRST);
    }

    @Test
    void shouldSayThatAFolderCannotBeUsed() throws IOException {
        Path file = Files.writeString(work.resolve("file"), "a file");
        assertThatThrownBy(() -> NewestIssues.open(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("file: cannot be used");
    }
}
