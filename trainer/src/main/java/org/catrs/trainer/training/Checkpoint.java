// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.method.SliceLoss;

/**
 * The state of a training in a file, replaced as a whole, so that a kill at any time leaves the last one intact. It names
 * the plan and the data, and is only read for the same ones.
 */
final class Checkpoint {
    private static final long MAGIC = 0x6361_7472_7331_0A00L; // "catrs1\n"

    private final Path file;
    private final SortedMap<String, String> facts;

    /** @param facts the plan and the data */
    Checkpoint(Path file, SortedMap<String, String> facts) {
        this.file = file;
        this.facts = new TreeMap<>(facts);
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Replaces the file. */
    void write(TrainingState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(8 * state.values().length + 4096);
            try (DataOutputStream out = new DataOutputStream(bytes)) {
                write(state, out);
                CRC32 sum = new CRC32();
                sum.update(bytes.toByteArray());
                out.writeLong(sum.getValue());
            }
            AtomicFiles.replace(file, bytes.toByteArray());
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot write " + file, exception);
        }
    }
}
