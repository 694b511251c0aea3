// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.catrs.certifier.network.batches.Endings;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.session.Device;
import org.catrs.certifier.network.session.OnnxEnvironment;
import org.catrs.schemas.DaemonThreads;

/**
 * A {@link CountingGraph} on one device, and the one thread that runs it: memory that ONNX Runtime keeps for a session
 * grows when several threads run it in turn.
 */
final class DeviceSession implements AutoCloseable {
    private final Device device;
    private final OrtSession session;
    private final ExecutorService thread;

    private DeviceSession(Device device, OrtSession session) {
        this.device = device;
        this.session = session;
        this.thread = Executors.newSingleThreadExecutor(DaemonThreads.named("inference-" + device));
    }

    /** @throws ProviderException when the device cannot be used, or lacks a kernel */
    static DeviceSession open(byte[] countingGraph, Device device, OptLevel level) throws ProviderException {
        try (SessionOptions options = device.options(level)) {
            return new DeviceSession(device, OnnxEnvironment.open(countingGraph, "the network on " + device, options));
        } catch (OrtException e) {
            throw CudaProblem.of(device, e);
        }
    }

    Device device() {
        return device;
    }

    OrtSession session() {
        return session;
    }

    /** Does work on the device's thread; it handles its own failures. */
    void execute(Runnable work) {
        thread.execute(work);
    }

    /**
     * Does work on the device's thread, and waits for it.
     *
     * @throws OrtException as the work does
     */
    void call(Work work) throws OrtException {
        Future<?> done = thread.submit(() -> {
            work.run();
            return null;
        });
        try {
            done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a network was tried out", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof OrtException cause) {
                throw cause;
            }
            throw new IllegalStateException("a network's trial failed", e.getCause());
        }
    }

    /** Something that ONNX Runtime does. */
    interface Work {
        void run() throws OrtException;
    }

    /** Waits for the work under way, then frees the session. */
    @Override
    public void close() {
        Endings.await(thread);
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime did not close a session", e);
        }
    }
}
