// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OrtException;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one count's batches on their devices and adds their votes up. */
final class DeviceTally {
    private final long[] votes;
    private final Phaser running = new Phaser(1);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    DeviceTally(int classes) {
        this.votes = new long[classes];
    }

    /**
     * Runs a batch, and gives it back when it may be filled again.
     *
     * @param giveBack called on the device's thread
     */
    void run(DeviceBatch batch, Consumer<DeviceBatch> giveBack) {
        running.register();
        batch.session().execute(() -> {
            try {
                add(batch.run());
            } catch (OrtException | RuntimeException e) {
                failure.compareAndSet(null, e);
            } finally {
                giveBack.accept(batch);
                running.arriveAndDeregister();
            }
        });
    }

    private synchronized void add(float[] some) {
        for (int label = 0; label < votes.length; label++) {
            votes[label] += (long) some[label];
        }
    }

    boolean failed() {
        return failure.get() != null;
    }

    /** The votes of all batches, when they have run. */
    long[] await() throws InterruptedException {
        running.awaitAdvanceInterruptibly(running.arrive());
        Exception error = failure.get();
        if (error != null) {
            throw new IllegalStateException("counting votes failed", error);
        }
        synchronized (this) {
            return votes.clone();
        }
    }
}
