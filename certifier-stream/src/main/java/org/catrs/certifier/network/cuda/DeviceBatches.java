// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OrtException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.catrs.certifier.network.batches.Endings;
import org.catrs.certifier.network.batches.Filling;
import org.catrs.certifier.network.batches.SampleQueue;
import org.catrs.schemas.DaemonThreads;
import org.jspecify.annotations.Nullable;

/** Takes samples from a queue into batches, and those to the devices, until the queue is closed. */
final class DeviceBatches implements AutoCloseable {
    private final SampleQueue queue;
    private final DevicePool pool;
    private final ParallelDrawing drawing;
    private final ExecutorService thread;

    /** @param pool is closed with this */
    DeviceBatches(SampleQueue queue, DevicePool pool, ParallelDrawing drawing) {
        this.queue = queue;
        this.pool = pool;
        this.drawing = drawing;
        this.thread = Executors.newSingleThreadExecutor(DaemonThreads.named("batches"));
        thread.execute(this::fillAll);
    }

    SampleQueue queue() {
        return queue;
    }

    DevicePool pool() {
        return pool;
    }

    private void fillAll() {
        for (Filling filling = next(); filling != null; filling = next()) {
            start(filling, pool.take());
        }
    }

    private @Nullable Filling next() {
        return queue.take(pool::mayFill);
    }

    private void start(Filling filling, DeviceBatch batch) {
        try {
            draw(filling, batch);
            batch.session().execute(() -> run(filling, batch));
        } catch (RuntimeException | Error e) {
            fail(filling, batch, e);
        }
    }

    /** While noise is drawn, others ask for votes: they come along, as far as there is room. */
    private void draw(Filling filling, DeviceBatch batch) {
        int drawn = 0;
        do {
            drawing.draw(batch, filling, drawn);
            drawn = filling.size();
        } while (queue.fillUp(filling));
        batch.leaveBlack(drawn);
    }

    /** On the device's thread. */
    private void run(Filling filling, DeviceBatch batch) {
        try {
            float[] labels = batch.run();
            filling.count(place -> (int) labels[place]);
            giveBack(batch);
        } catch (OrtException e) {
            fail(filling, batch, new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e));
        } catch (RuntimeException | Error e) {
            fail(filling, batch, e);
        }
    }

    private void fail(Filling filling, DeviceBatch batch, Throwable cause) {
        filling.fail(cause);
        giveBack(batch);
    }

    private void giveBack(DeviceBatch batch) {
        pool.giveBack(batch);
        queue.wake();
    }

    /** Answers the requests that are here, then frees the devices. */
    @Override
    public void close() {
        queue.close();
        Endings.await(thread);
        pool.close();
    }
}
