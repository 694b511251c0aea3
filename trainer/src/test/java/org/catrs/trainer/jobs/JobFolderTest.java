// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFolderTest {
    @TempDir
    private Path parent;

    @Test
    void shouldLeaveNothingWhenItIsClosed() throws IOException {
        try (JobFolder folder = JobFolder.create(parent)) {
            Files.writeString(
                    Files.createDirectories(folder.path().resolve("a/b")).resolve("checkpoint"), "weights");
            assertThat(parent).isNotEmptyDirectory();
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void shouldNotDeleteWhatIsInUseHere() throws IOException {
        try (JobFolder folder = JobFolder.create(parent)) {
            JobFolder.deleteLeftovers(parent);
            assertThat(folder.path()).exists();
        }
    }

    @Test
    void shouldDeleteWhatAKilledProcessLeftAndNothingBefore() throws Exception {
        Process owner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        parent.toString())
                .redirectErrorStream(true)
                .start();
        try {
            Path folder = Path.of(owner.inputReader()
                    .lines()
                    .filter(line -> line.startsWith(parent.toString()))
                    .findFirst()
                    .orElseThrow());
            JobFolder.deleteLeftovers(parent);
            assertThat(folder.resolve("checkpoint")).as("its owner lives").exists();

            owner.destroyForcibly();
            assertThat(owner.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(folder.resolve("checkpoint")).exists();
            JobFolder.deleteLeftovers(parent);
            assertThat(parent).isEmptyDirectory();
        } finally {
            owner.destroyForcibly();
        }
    }

    @Test
    void shouldLeaveAloneWhatIsNoTrainers() throws IOException {
        Path other = Files.createDirectory(parent.resolve("catrs-job-of-somebody"));
        Path file = Files.writeString(parent.resolve("catrs-job-file"), "a file");
        JobFolder.deleteLeftovers(parent);
        JobFolder.deleteLeftovers(parent.resolve("absent"));
        assertThat(other).exists();
        assertThat(file).exists();
    }

    /** A process that makes a folder, says where, and waits to be killed. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws Exception {
            Path path = JobFolder.create(Path.of(arguments[0])).path();
            Files.writeString(path.resolve("checkpoint"), "weights");
            System.out.println(path);
            Thread.currentThread().join();
        }
    }
}
