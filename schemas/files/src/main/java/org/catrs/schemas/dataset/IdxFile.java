// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.catrs.schemas.InvalidDataException;

/**
 * An idx file of unsigned bytes, the format of MNIST: magic (0, 0, 8, number of dimensions), each dimension as 4 bytes
 * big-endian, then the values, row-major.
 */
final class IdxFile {
    private static final int UNSIGNED_BYTE = 0x08;

    private final Path path;
    private final int[] dimensions;
    private final byte[] values;

    private IdxFile(Path path, int[] dimensions, byte[] values) {
        this.path = path;
        this.dimensions = dimensions;
        this.values = values;
    }

    /**
     * Reads a file, plain or gzipped.
     *
     * @throws InvalidDataException when it is no idx file of bytes with that many dimensions, or not whole
     */
    static IdxFile read(Path path, int dimensionCount) {
        byte[] bytes = DataFolder.read(path, Integer.MAX_VALUE - Long.BYTES);
        int headerBytes = Integer.BYTES * (1 + dimensionCount);
        if (bytes.length < headerBytes) {
            throw new InvalidDataException(
                    path + ": needs an idx header of " + headerBytes + " bytes, found " + bytes.length);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes);
        int magic = header.getInt();
        int expected = UNSIGNED_BYTE << 8 | dimensionCount;
        if (magic != expected) {
            throw new InvalidDataException(
                    String.format("%s: needs the idx magic 0x%08x, found 0x%08x", path, expected, magic));
        }
        int[] dimensions =
                IntStream.range(0, dimensionCount).map(i -> header.getInt()).toArray();
        long size = 1;
        for (int dimension : dimensions) {
            if (dimension < 1 || size > Integer.MAX_VALUE / dimension) {
                throw new InvalidDataException(path + ": needs positive dimensions with less than 2^31 values, found "
                        + Arrays.toString(dimensions));
            }
            size *= dimension;
        }
        if (size != bytes.length - headerBytes) {
            throw new InvalidDataException(path + ": its header " + Arrays.toString(dimensions) + " announces " + size
                    + " values, found " + (bytes.length - headerBytes) + "; fetch it again");
        }
        return new IdxFile(path, dimensions, Arrays.copyOfRange(bytes, headerBytes, bytes.length));
    }

    Path path() {
        return path;
    }

    int dimension(int index) {
        return dimensions[index];
    }

    /** The values themselves, not a copy: they may be large. */
    byte[] values() {
        return values;
    }
}
