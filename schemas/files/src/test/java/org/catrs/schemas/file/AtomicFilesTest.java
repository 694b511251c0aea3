// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void nameAFile() {
        file = folder.resolve("model.onnx");
    }

    @Test
    void shouldReplaceWhatWasThereAndLeaveNothingBesideIt() {
        AtomicFiles.write(file, "a longer content".getBytes(UTF_8));
        AtomicFiles.write(file, "new".getBytes(UTF_8));
        assertThat(file).hasContent("new");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void shouldKeepTheOldContentWhenTheNewBreaksOff() {
        AtomicFiles.write(file, "old".getBytes(UTF_8));
        assertThatThrownBy(() -> AtomicFiles.write(file, out -> {
                    out.write("half of the".getBytes(UTF_8));
                    throw new IOException("the source went away");
                }))
                .hasMessage("the source went away");
        assertThat(file).hasContent("old");
        assertThat(folder).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void shouldShowTheOldContentUntilTheNewIsWhole() throws IOException {
        AtomicFiles.write(file, "old".getBytes(UTF_8));
        AtomicFiles.write(file, out -> {
            out.write("new".getBytes(UTF_8));
            assertThat(file).hasContent("old");
        });
        assertThat(file).hasContent("new");
    }

    @Test
    void shouldWriteAlsoWhereTheThreadIsToldToEnd() {
        Thread.currentThread().interrupt();
        try {
            AtomicFiles.write(file, "new".getBytes(UTF_8));
            assertThat(file).hasContent("new");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void shouldLetTwoWriteTheSameFile() throws IOException {
        AtomicFiles.write(file, out -> {
            AtomicFiles.write(file, "of another process".getBytes(UTF_8));
            out.write("of this one".getBytes(UTF_8));
        });
        assertThat(file).hasContent("of this one");
    }

    @Test
    void shouldDeleteWhatAKilledProcessLeftOfAFile() throws IOException {
        Path left = left(".model.onnx.killed.part", Duration.ofHours(2));
        Path atWork = left(".model.onnx.living.part", Duration.ofMinutes(1));
        Path ofAnotherFile = left(".manifest.json.killed.part", Duration.ofHours(2));
        AtomicFiles.write(file, new byte[1]);
        assertThat(left).doesNotExist();
        assertThat(atWork).exists();
        assertThat(ofAnotherFile).exists();
        AtomicFiles.deleteLeftovers(folder);
        assertThat(ofAnotherFile).doesNotExist();
        assertThat(atWork).exists();
        assertThat(file).exists();
    }

    @Test
    void shouldDeleteAFileWithAllThatWasBegunInItsPlace() throws IOException {
        AtomicFiles.write(file, new byte[1]);
        left(".model.onnx.living.part", Duration.ZERO);
        AtomicFiles.delete(file);
        AtomicFiles.delete(file);
        AtomicFiles.delete(folder.resolve("absent/model.onnx"));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldNameTheFileThatCannotBeWritten() {
        Path absent = folder.resolve("absent/model.onnx");
        assertThatThrownBy(() -> AtomicFiles.write(absent, new byte[1]))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(absent + ": cannot be written");
    }

    private Path left(String name, Duration age) throws IOException {
        Path left = Files.writeString(folder.resolve(name), "unfinished");
        return Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(age)));
    }
}
