// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an image, which end with an exception as soon as the decoder has found a defect, or has taken too long. A
 * native decoder cannot be stopped in another way. An instance serves one thread.
 */
final class DecodingInput extends InputStream {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /**
     * Of CPU time, so that a busy machine rejects nothing. Right images of as many pixels as a certifier takes by default
     * need a tenth of it.
     */
    private static final long LEAST_LIMIT = TimeUnit.SECONDS.toNanos(2);

    /** For larger images, those that a certifier can be told to take. */
    private static final long NANOS_PER_PIXEL = 500;

    /** Small, so that time is looked at often. */
    private static final int MOST_AT_ONCE = 1024;

    private final byte[] bytes;
    private final long begin = THREADS.getCurrentThreadCpuTime();
    private long limit = LEAST_LIMIT;
    private int position;
    private @Nullable String defect;

    DecodingInput(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Gives the decoder the time that so many pixels may take. */
    void allow(long pixels) {
        limit = Math.max(LEAST_LIMIT, pixels * NANOS_PER_PIXEL);
    }

    /** Ends it for a reason; the first counts. */
    void end(String reason) {
        if (defect == null) {
            defect = reason;
        }
    }

    /** Why it was ended; null where it was not. */
    @Nullable
    String defect() {
        return defect;
    }

    @Override
    public int read() throws IOException {
        check();
        return position < bytes.length ? Byte.toUnsignedInt(bytes[position++]) : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        check();
        if (position >= bytes.length) {
            return -1;
        }
        int given = Math.min(Math.min(length, MOST_AT_ONCE), bytes.length - position);
        System.arraycopy(bytes, position, target, offset, given);
        position += given;
        return given;
    }

    private void check() throws IOException {
        if (THREADS.getCurrentThreadCpuTime() - begin > limit) {
            end("decoding it took more than " + TimeUnit.NANOSECONDS.toSeconds(limit) + " s");
        }
        if (defect != null) {
            throw new IOException(defect);
        }
    }
}
