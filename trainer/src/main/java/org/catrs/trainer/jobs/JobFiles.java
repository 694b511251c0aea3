// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.store.ModelStore;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a job leaves in the store until it is done, for whoever takes it over: its last checkpoints, and how often it was
 * begun since. The folder's name is a hash of all that the job says, so that another job finds none of it.
 */
final class JobFiles {
    private static final Logger LOG = LoggerFactory.getLogger(JobFiles.class);
    private static final long MOST_CHECKPOINT_BYTES = 16L << 30;
    private static final long MOST_ATTEMPTS_BYTES = 1 << 10;

    private final ModelStore store;
    private final String folder;
    private final Map<String, FileTime> kept = new HashMap<>();
    private final String attempts;

    JobFiles(ModelStore store, TrainingJob job) {
        this.store = store;
        this.folder = "_jobs/" + Sha256.of(JsonRecords.write(job)) + "/";
        this.attempts = folder + "attempts.json";
    }

    /**
     * Copies the checkpoints to a training's folder.
     *
     * @return whether there are any
     */
    boolean fetchCheckpoints(Path target) throws IOException {
        boolean found = false;
        for (String name : TrainingFolder.CHECKPOINTS) {
            try (InputStream in = store.read(folder + name, MOST_CHECKPOINT_BYTES)) {
                Path file = target.resolve(name);
                Files.createDirectories(file.resolveSibling(""));
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                found = true;
            } catch (NoSuchFileException none) {
                LOG.debug("the job has no {}", name, none);
            }
        }
        return found;
    }

    /** Keeps those of the checkpoints in a training's folder that are new. */
    void keepCheckpoints(Path source) throws IOException {
        for (String name : TrainingFolder.CHECKPOINTS) {
            Path file = source.resolve(name);
            if (Files.exists(file)) {
                FileTime written = Files.getLastModifiedTime(file);
                if (!written.equals(kept.get(name))) {
                    store.write(folder + name, file);
                    kept.put(name, written);
                }
            }
        }
    }

    /**
     * Counts an attempt.
     *
     * @param fetched the folder with the checkpoints that it begins with
     * @return how many there were since these were written, this one included
     */
    int countAttempt(Path fetched) throws IOException {
        StringBuilder hashes = new StringBuilder();
        for (String name : TrainingFolder.CHECKPOINTS) {
            Path file = fetched.resolve(name);
            hashes.append(Files.exists(file) ? Sha256.ofFile(file) : "-");
        }
        String from = Sha256.of(hashes.toString().getBytes(StandardCharsets.UTF_8));
        Attempts before = attempts();
        Attempts now = new Attempts(before.checkpoints().equals(from) ? before.count() + 1 : 1, from);
        store.write(attempts, JsonRecords.write(now));
        return now.count();
    }

    /** Forgets attempts: the one at hand did not fail. */
    void forgetAttempts() throws IOException {
        store.delete(attempts);
    }

    /** Deletes all of it. */
    void delete() throws IOException {
        for (String name : TrainingFolder.CHECKPOINTS) {
            store.delete(folder + name);
        }
        store.delete(attempts);
    }

    private Attempts attempts() throws IOException {
        try (InputStream in = store.read(attempts, MOST_ATTEMPTS_BYTES)) {
            return JsonRecords.read(in.readAllBytes(), Attempts.class);
        } catch (NoSuchFileException none) {
            return new Attempts(0, "");
        }
    }

    /**
     * How often a job was begun.
     *
     * @param checkpoints hash of the checkpoints that it was begun with
     */
    record Attempts(int count, String checkpoints) {}
}
