// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/** How far a fetch has come. Read by one thread while another fetches. */
final class FetchProgress {
    private final Duration patience;
    private final long leastBytesPerSecond;
    private final long began = System.nanoTime();
    private volatile long last = began;
    private volatile long bytes;

    /**
     * @param patience how long nothing may come
     * @param leastBytesPerSecond how much has to come on average, after that time
     */
    FetchProgress(Duration patience, long leastBytesPerSecond) {
        this.patience = patience;
        this.leastBytesPerSecond = leastBytesPerSecond;
    }

    /** A stream whose bytes are counted; to be read by one thread. */
    InputStream watch(InputStream in) {
        return new Watched(in);
    }

    /** Says that it is too slow; empty when it is not. */
    Optional<String> tooSlow() {
        long now = System.nanoTime();
        if (now - last > patience.toNanos()) {
            return Optional.of(
                    "the store gave " + bytes + " bytes, and then nothing for " + seconds(patience.toNanos()) + " s");
        }
        double expected = (now - began - patience.toNanos()) / 1e9 * leastBytesPerSecond;
        return bytes < expected
                ? Optional.of("the store gave " + bytes + " bytes in " + seconds(now - began)
                        + " s, which is less than " + leastBytesPerSecond + " in a second")
                : Optional.empty();
    }

    private static String seconds(long nanos) {
        return Double.toString(Math.round(nanos / 1e8) / 10.0);
    }

    private final class Watched extends FilterInputStream {
        Watched(InputStream in) {
            super(in);
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

        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        private void count(int more) {
            bytes += more;
            last = System.nanoTime();
        }
    }
}
