// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.store.ModelStore;
import org.catrs.schemas.store.ModelStores;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFilesTest {
    private static final TrainingJob JOB = new TrainingJob("job", "model", "digits", null, Map.of("epochs", "1"));

    @TempDir
    private Path stored;

    @TempDir
    private Path folder;

    @TempDir
    private Path other;

    private JobFiles files;

    @BeforeEach
    void open() {
        files = open(JOB);
    }

    @Test
    void shouldBringCheckpointsFromOneMachineToAnother() throws IOException {
        assertThat(files.fetchCheckpoints(other)).isFalse();
        checkpoint("first");
        files.keepCheckpoints(folder);

        assertThat(open(JOB).fetchCheckpoints(other)).isTrue();
        assertThat(other.resolve(TrainingFolder.CHECKPOINT)).hasContent("first");
    }

    @Test
    void shouldNotMixTheCheckpointsOfJobsThatDiffer() throws IOException {
        checkpoint("first");
        files.keepCheckpoints(folder);
        TrainingJob changed = new TrainingJob("job", "model", "digits", null, Map.of("epochs", "2"));

        assertThat(open(changed).fetchCheckpoints(other)).isFalse();
    }

    @Test
    void shouldCountAttemptsUntilThereIsANewCheckpoint() throws IOException {
        assertThat(files.countAttempt(folder)).isEqualTo(1);
        assertThat(open(JOB).countAttempt(folder)).isEqualTo(2);
        checkpoint("first");
        assertThat(open(JOB).countAttempt(folder)).isEqualTo(1);
        assertThat(open(JOB).countAttempt(folder)).isEqualTo(2);
        files.forgetAttempts();
        assertThat(open(JOB).countAttempt(folder)).isEqualTo(1);
    }

    @Test
    void shouldLeaveNothingOfAJobThatIsOver() throws IOException {
        checkpoint("first");
        files.keepCheckpoints(folder);
        files.countAttempt(folder);

        files.delete();

        try (var left = Files.walk(stored)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private void checkpoint(String content) throws IOException {
        Files.writeString(folder.resolve(TrainingFolder.CHECKPOINT), content);
    }

    private JobFiles open(TrainingJob job) {
        ModelStore store = new ModelStores().at(stored.toUri());
        return new JobFiles(store, job);
    }
}
