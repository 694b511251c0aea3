// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.checkpoint;

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
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.file.AtomicFiles;
import org.catrs.schemas.image.ImageShape;

/**
 * The state of a training in a file, replaced as a whole, so that a kill at any time leaves the last one intact. It names
 * the recipe and the data, and is read for the same ones alone.
 */
public final class Checkpoint {
    /** "catrs", and the version of the format. */
    private static final long MAGIC = 0x63_61_74_72_73_00_00_03L;

    /** The fact that says that weights are averaged, and over what share of the steps. */
    public static final String AVERAGE = "average";

    /** The fact that says what the network is. */
    public static final String NETWORK = "network";

    private final Path file;
    private final SortedMap<String, String> facts;

    /** @param facts the recipe and the data, by name */
    public Checkpoint(Path file, SortedMap<String, String> facts) {
        this.file = file;
        this.facts = new TreeMap<>(facts);
    }

    /** Replaces the file. */
    public void write(TrainingState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeLong(MAGIC);
            StateCodec.writeFacts(out, facts);
            StateCodec.writeState(out, state);
            out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
            AtomicFiles.write(file, bytes.toByteArray());
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot write " + file, exception);
        }
    }

    /**
     * Reads the file.
     *
     * @throws InvalidDataException when it is damaged, or belongs to another recipe or other data
     */
    public TrainingState read() {
        Content content = read(file);
        requireSameFacts(content.facts());
        return content.state();
    }

    /**
     * Reads a file, whatever its recipe and its data.
     *
     * @throws InvalidDataException when it is damaged
     */
    public static Content read(Path file) {
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
            SortedMap<String, String> facts = StateCodec.readFacts(in);
            return new Content(facts, StateCodec.readState(in, facts.containsKey(AVERAGE)));
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot read " + file, exception);
        }
    }

    /** What a file holds. */
    public record Content(SortedMap<String, String> facts, TrainingState state) {}

    /** What a network is, so that the parameters of one fit into another that is the same. */
    public static String network(String architecture, ImageShape input, int classes) {
        return architecture + " for images of " + input + " and " + classes + " classes";
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        return sum.getValue();
    }

    private void requireSameFacts(SortedMap<String, String> found) {
        List<String> differences = new ArrayList<>();
        SortedSet<String> names = new TreeSet<>(facts.keySet());
        names.addAll(found.keySet());
        for (String name : names) {
            String was = found.getOrDefault(name, "not given");
            String is = facts.getOrDefault(name, "not given");
            if (!was.equals(is)) {
                differences.add(name + " was " + was + " and is now " + is);
            }
        }
        if (!differences.isEmpty()) {
            throw new InvalidDataException(
                    "--resume needs the options that the training began with: " + String.join(", ", differences));
        }
    }
}
