// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.rows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.catrs.schemas.InvalidDataException;

/**
 * Writes an evaluation file row by row; each row is in the file when {@link #write} returns. Two writers cannot have
 * the same file.
 */
public final class EvaluationWriter implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private EvaluationWriter(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Begins a new file, in place of one of the same name.
     *
     * @throws InvalidDataException when it cannot be written, or another run is writing it
     */
    public static EvaluationWriter create(Path file) {
        return open(file, 0);
    }

    /**
     * Goes on with a file, or begins it where it has not even a header. A last line that was cut off is taken away.
     *
     * @throws InvalidDataException when it cannot be written, or another run is writing it
     */
    static EvaluationWriter resume(Path file) {
        return open(file, Long.MAX_VALUE);
    }

    /** @throws InvalidDataException when the row cannot be written */
    public void write(EvaluationRow row) {
        try {
            writeLine(EvaluationFormat.format(row));
        } catch (IOException exception) {
            throw cannotBeWritten(file, exception);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException exception) {
            throw cannotBeWritten(file, exception);
        }
    }

    private static EvaluationWriter open(Path file, long keep) {
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            EvaluationWriter writer = new EvaluationWriter(file, channel);
            try {
                writer.begin(keep);
                return writer;
            } catch (IOException | RuntimeException exception) {
                channel.close();
                throw exception;
            }
        } catch (IOException exception) {
            throw cannotBeWritten(file, exception);
        }
    }

    private void begin(long keep) throws IOException {
        if (!lock()) {
            throw new InvalidDataException(file + " is being written by another run");
        }
        channel.truncate(Math.min(keep, wholeLinesLength()));
        channel.position(channel.size());
        if (channel.size() == 0) {
            writeLine(EvaluationFormat.HEADER);
        }
    }

    private boolean lock() throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException exception) {
            return false; // another run in this process has it
        }
    }

    private long wholeLinesLength() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] != '\n') {
            length--;
        }
        return length;
    }

    private void writeLine(String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static InvalidDataException cannotBeWritten(Path file, IOException exception) {
        return new InvalidDataException(file + " cannot be written: " + exception, exception);
    }
}
