// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.catrs.certifier.network.session.Device;
import org.catrs.schemas.CloseOnFailure;

/**
 * A network's sessions on several devices, and the batches that wait to be filled for them: two for each device, so that
 * one is filled while the other runs. They are handed out in turn.
 */
final class DevicePool implements AutoCloseable {
    private static final int BATCHES_PER_DEVICE = 2;

    private final List<DeviceSession> sessions;
    private final List<DeviceBatch> batches = new ArrayList<>();
    private final BlockingQueue<DeviceBatch> idle;

    /** Makes a batch for a session. */
    interface BatchMaker {
        DeviceBatch make(DeviceSession session) throws OrtException;
    }

    /** @param sessions are closed with the pool; when it cannot be made, they stay open */
    DevicePool(List<DeviceSession> sessions, BatchMaker maker) throws OrtException {
        this.sessions = List.copyOf(sessions);
        this.idle = new ArrayBlockingQueue<>(BATCHES_PER_DEVICE * sessions.size());
        try (CloseOnFailure opened = new CloseOnFailure()) {
            for (int i = 0; i < BATCHES_PER_DEVICE; i++) {
                for (DeviceSession session : sessions) {
                    batches.add(opened.add(maker.make(session)));
                }
            }
            idle.addAll(batches);
            opened.succeeded();
        }
    }

    /**
     * Opens a session on each device and tries it out.
     *
     * @param devices at least one
     * @throws ProviderException when one cannot be used, or they do not agree to the last bit
     */
    static DevicePool open(List<? extends Device> devices, DeviceNetwork network, PixelTransport transport)
            throws ProviderException {
        List<DeviceSession> sessions = new ArrayList<>();
        try (CloseOnFailure opened = new CloseOnFailure()) {
            byte[] graph = CountingGraph.of(network, transport);
            List<float[]> logits = new ArrayList<>();
            for (Device device : devices) {
                DeviceSession session = opened.add(DeviceSession.open(graph, device, network.level()));
                sessions.add(session);
                logits.add(DeviceTrial.require(session, network, transport));
            }
            requireAgreement(devices, logits);
            DevicePool pool = new DevicePool(sessions, session -> new DeviceBatch(session, network, transport));
            opened.succeeded();
            return pool;
        } catch (OrtException e) {
            throw CudaProblem.of(devices.get(0), e);
        }
    }

    private static void requireAgreement(List<? extends Device> devices, List<float[]> logits)
            throws ProviderException {
        for (int i = 1; i < logits.size(); i++) {
            if (!Arrays.equals(logits.get(0), logits.get(i))) {
                throw new ProviderException(devices.get(0) + " and " + devices.get(i) + " give one image different"
                        + " logits, " + Arrays.toString(logits.get(0)) + " and " + Arrays.toString(logits.get(i))
                        + "; a certificate needs one function: choose devices of one kind");
            }
        }
    }

    /** A batch to be filled; waits for one. */
    DeviceBatch take() throws InterruptedException {
        return idle.take();
    }

    void giveBack(DeviceBatch batch) {
        idle.add(batch);
    }

    @Override
    public void close() {
        sessions.forEach(DeviceSession::close);
        batches.forEach(DeviceBatch::close);
    }
}
