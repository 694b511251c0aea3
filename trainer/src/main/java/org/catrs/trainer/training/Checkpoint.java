// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.files.AtomicFiles;
import org.catrs.trainer.method.SliceLoss;

/**
 * The state of a training in a file, replaced as a whole, so that a kill at any time leaves the last one intact. It names
 * the plan and the data, and is read for the same ones alone.
 */
final class Checkpoint {
    /** "catrs", and the version of the format. */
    private static final long MAGIC = 0x63_61_74_72_73_00_00_01L;

    private final Path file;
    private final SortedMap<String, String> facts;

    /** @param facts the plan and the data, by name */
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
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(MAGIC);
            writeFacts(out);
            out.writeLong(state.step());
            writeFloats(out, state.values());
            writeFloats(out, state.velocity());
            writeLog(out, state.log());
            out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
            AtomicFiles.write(file, bytes.toByteArray());
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot write " + file, exception);
        }
    }

    /**
     * Reads the file.
     *
     * @throws InvalidDataException when it is damaged, or belongs to another plan or other data
     */
    TrainingState read() {
        try {
            byte[] bytes = Files.readAllBytes(file);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            int content = bytes.length - Long.BYTES;
            if (content < Long.BYTES
                    || in.readLong() != MAGIC
                    || checksum(bytes, content)
                            != new DataInputStream(new ByteArrayInputStream(bytes, content, Long.BYTES)).readLong()) {
                throw new InvalidDataException(
                        file + " is no whole checkpoint of this version; remove it, and train again without --resume");
            }
            requireSameFacts(readFacts(in));
            return new TrainingState(in.readLong(), readFloats(in), readFloats(in), readLog(in));
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot read " + file, exception);
        }
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        return sum.getValue();
    }

    private void requireSameFacts(SortedMap<String, String> found) {
        List<String> differences = new ArrayList<>();
        facts.forEach((name, value) -> {
            if (!value.equals(found.get(name))) {
                differences.add(name + " was " + found.get(name) + " and is now " + value);
            }
        });
        if (!differences.isEmpty()) {
            throw new InvalidDataException(
                    "--resume needs the options that the training began with: " + String.join(", ", differences));
        }
    }

    private void writeFacts(DataOutputStream out) throws IOException {
        out.writeInt(facts.size());
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            out.writeUTF(fact.getKey());
            out.writeUTF(fact.getValue());
        }
    }

    private static SortedMap<String, String> readFacts(DataInputStream in) throws IOException {
        SortedMap<String, String> facts = new TreeMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            facts.put(in.readUTF(), in.readUTF());
        }
        return facts;
    }

    private static void writeFloats(DataOutputStream out, float[] values) throws IOException {
        out.writeInt(values.length);
        for (float value : values) {
            out.writeFloat(value);
        }
    }

    private static float[] readFloats(DataInputStream in) throws IOException {
        float[] values = new float[in.readInt()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }

    private static void writeLog(DataOutputStream out, List<EpochRow> log) throws IOException {
        out.writeInt(log.size());
        for (EpochRow row : log) {
            out.writeDouble(row.epoch());
            out.writeDouble(row.seconds());
            out.writeDouble(row.learningRate());
            SliceLoss loss = row.loss();
            out.writeLong(loss.images());
            out.writeDouble(loss.base());
            out.writeDouble(loss.robust());
            out.writeDouble(loss.correct());
            out.writeLong(loss.confident());
        }
    }

    private static List<EpochRow> readLog(DataInputStream in) throws IOException {
        List<EpochRow> log = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            log.add(new EpochRow(
                    in.readDouble(),
                    in.readDouble(),
                    in.readDouble(),
                    new SliceLoss(in.readLong(), in.readDouble(), in.readDouble(), in.readDouble(), in.readLong())));
        }
        return log;
    }
}
