// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.catrs.schemas.InvalidDataException;

/** A stream that may have so many bytes and no more. */
final class LimitedStream extends FilterInputStream {
    private final String name;
    private final long mostBytes;
    private long read;

    LimitedStream(InputStream in, String name, long mostBytes) {
        super(in);
        this.name = name;
        this.mostBytes = mostBytes;
    }

    /** Refuses a size that is known beforehand. */
    static void check(String name, long bytes, long mostBytes) {
        if (bytes > mostBytes) {
            throw new InvalidDataException(name + ": has " + bytes + " bytes, at most " + mostBytes + " are allowed");
        }
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(Math.max(0, count));
        return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long bytes) {
        read += bytes;
        if (read > mostBytes) {
            throw new InvalidDataException(name + ": has more than the " + mostBytes + " bytes that are allowed");
        }
    }
}
