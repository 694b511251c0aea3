// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.model.ModelManifest;

/** The folder that a training writes to: its checkpoint, its log, at last its model. */
public final class TrainingFolder {
    /** Name of the checkpoint's file. */
    public static final String CHECKPOINT = "checkpoint.bin";

    /** Name of the log: a line for each epoch. */
    public static final String LOG = "training.tsv";

    /** Name of the file with votes, in the folder of what a method needs first. */
    public static final String VOTES = "votes.tsv";

    private static final String PREPARATION = "preparation";

    /** What a training goes on from, by the paths below its folder; not all of it is always there. */
    public static final List<String> CHECKPOINTS =
            List.of(CHECKPOINT, PREPARATION + "/" + CHECKPOINT, PREPARATION + "/" + VOTES);

    private final Path folder;

    private TrainingFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a folder, which is created for a new training.
     *
     * @param resume whether a training is to go on there
     * @throws InvalidDataException when there is something that a new training would overwrite, or nothing to resume
     */
    public static TrainingFolder open(Path folder, boolean resume) {
        TrainingFolder opened = new TrainingFolder(folder);
        if (resume) {
            if (!opened.begun()) {
                throw new InvalidDataException(
                        "there is nothing to resume: no " + opened.checkpoint() + "; train without --resume");
            }
            return opened;
        }
        if (Files.exists(folder.resolve(ModelManifest.FILE_NAME))) {
            throw new InvalidDataException(folder + " holds a finished model; remove it or choose another --out");
        }
        if (opened.begun()) {
            throw new InvalidDataException(
                    folder + " holds a training; go on with --resume, remove it or choose another --out");
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException exception) {
            throw new InvalidDataException(
                    "--out " + folder + " cannot be created: " + exception.getMessage(), exception);
        }
        return opened;
    }

    /** Where what a method needs first is done. */
    public Path preparation() {
        return folder.resolve(PREPARATION);
    }

    /** Whether the training itself has begun. */
    public boolean hasCheckpoint() {
        return Files.exists(checkpoint());
    }

    private boolean begun() {
        return hasCheckpoint() || Files.exists(preparation());
    }

    public Path checkpoint() {
        return folder.resolve(CHECKPOINT);
    }

    public void writeLog(List<EpochRow> rows) {
        TrainingLog.write(folder.resolve(LOG), rows);
    }
}
