// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritableFolderTest {
    @TempDir
    private Path work;

    @Test
    void shouldMakeAFolderAndLeaveNothingInIt() throws IOException {
        Path folder = work.resolve("a/b");
        WritableFolder.require(folder, "models.cache");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldNameTheFolderAndItsSetting() throws IOException {
        Path file = Files.createFile(work.resolve("file"));
        assertThatThrownBy(() -> WritableFolder.require(file.resolve("folder"), "models.cache"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(file.resolve("folder") + " (models.cache) cannot be written to: ");
    }

    @Test
    void shouldCallEachFaultWhatItIs() {
        assertThat(problem(new IOException("No space left on device")))
                .isEqualTo(
                        "/srv/cache (state.dir) cannot be written to: the disk is full; free space there, or name another"
                                + " folder");
        assertThat(problem(new FileSystemException("/srv/cache/a", null, "No space left on device")))
                .contains("the disk is full");
        assertThat(problem(new FileSystemException("/srv/cache/a", null, "Read-only file system")))
                .contains("read-only");
        assertThat(problem(new AccessDeniedException("/srv/cache/a"))).contains("has no right to");
        assertThat(problem(new IOException("/srv/cache/a (Permission denied)"))).contains("has no right to");
        assertThat(problem(new IOException("Disk quota exceeded"))).contains("the quota is used up");
    }

    private static String problem(IOException failure) {
        return WritableFolder.problem(Path.of("/srv/cache"), "state.dir", failure);
    }
}
