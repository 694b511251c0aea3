// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.catrs.schemas.DaemonThreads;

/**
 * Fetches files, and gives up those that do not come. Each is fetched on a thread of its own, because a store may hang
 * where no time-out of its own reaches, as a network file system does when a file is opened; nobody can end that thread,
 * so a file is not asked for again as long as it hangs.
 */
final class Fetches implements AutoCloseable {
    /** Less, on average, is as good as nothing. */
    private static final long LEAST_BYTES_PER_SECOND = 1 << 16;

    private final Duration patience;
    private final ExecutorService threads = Executors.newCachedThreadPool(DaemonThreads.named("model-fetch"));
    private final Map<URI, Future<?>> hanging = new HashMap<>();

    /** @param patience how long a store may give nothing */
    Fetches(Duration patience) {
        this.patience = patience;
    }

    /** How a file is fetched. */
    interface Fetch<T> {
        /** @param watched gives a stream that is to be read in the place of the file's */
        T fetch(UnaryOperator<InputStream> watched) throws IOException;
    }

    /**
     * Fetches a file.
     *
     * @throws RefusedReleaseException when it comes too slowly
     * @throws IOException when the fetch throws it, or this thread is interrupted
     */
    <T> T fetch(URI file, Fetch<T> how) throws IOException {
        requireNoneHangs(file);
        FetchProgress progress = new FetchProgress(patience, LEAST_BYTES_PER_SECOND);
        Callable<T> task = () -> how.fetch(progress::watch);
        Future<T> fetch = threads.submit(task);
        try {
            while (true) {
                try {
                    return fetch.get(patience.toMillis() / 10, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    requireProgress(file, fetch, progress, e);
                }
            }
        } catch (InterruptedException e) {
            fetch.cancel(true);
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while fetching " + file).initCause(e);
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    private void requireNoneHangs(URI file) {
        hanging.values().removeIf(Future::isDone);
        if (hanging.containsKey(file)) {
            throw new RefusedReleaseException(
                    RefusalReason.STORE_TIMED_OUT, file + " is still being waited for since an earlier attempt");
        }
    }

    private void requireProgress(URI file, Future<?> fetch, FetchProgress progress, TimeoutException e) {
        progress.tooSlow().ifPresent(how -> {
            // Not cancelled, because a cancelled one is done, and this one's thread may go on to wait.
            hanging.put(file, fetch);
            throw new RefusedReleaseException(RefusalReason.STORE_TIMED_OUT, file + " does not come: " + how, e);
        });
    }

    private static IOException unwrapped(ExecutionException failure) {
        if (failure.getCause() instanceof RuntimeException cause) {
            throw cause;
        }
        if (failure.getCause() instanceof Error cause) {
            throw cause;
        }
        return failure.getCause() instanceof IOException cause ? cause : new IOException(failure);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
