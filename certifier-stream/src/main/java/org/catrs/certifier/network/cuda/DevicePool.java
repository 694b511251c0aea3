// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OrtException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.session.Device;
import org.catrs.certifier.network.session.TrialImages;
import org.catrs.schemas.CloseOnFailure;

/**
 * A network's sessions on several devices, and the batches that wait to be filled for them: two for each device, so that
 * one is filled while the other runs. Safe for use by several threads at once.
 */
final class DevicePool implements AutoCloseable {
    private static final int BATCHES_PER_DEVICE = 2;

    private final List<DeviceSession> sessions;
    private final List<DeviceBatch> batches = new ArrayList<>();
    /** Those that may be filled, the longest idle first; guarded by this. */
    private final Deque<DeviceBatch> idle = new ArrayDeque<>();

    /** Makes a batch for a session. */
    interface BatchMaker {
        DeviceBatch make(DeviceSession session) throws OrtException;
    }

    /** @param sessions are closed with the pool; when it cannot be made, they stay open */
    DevicePool(List<DeviceSession> sessions, BatchMaker maker) throws OrtException {
        this.sessions = List.copyOf(sessions);
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
            List<List<float[]>> logits = new ArrayList<>();
            for (Device device : devices) {
                DeviceSession session = opened.add(DeviceSession.open(graph, device, network.level()));
                sessions.add(session);
                logits.add(DeviceTrial.require(session, network, transport));
            }
            requireAgreement(sessions, logits);
            DevicePool pool = new DevicePool(sessions, session -> new DeviceBatch(session, network, transport));
            opened.succeeded();
            return pool;
        } catch (OrtException e) {
            throw CudaProblem.of(devices.get(0), e);
        }
    }

    /**
     * Tries each device out on images, beside whatever it is counting.
     *
     * @throws ProviderException when the network is no fixed function of them on one, or they do not agree to the last bit
     */
    void requireFixedFunction(DeviceNetwork network, PixelTransport transport, TrialImages images)
            throws ProviderException {
        List<List<float[]>> logits = new ArrayList<>();
        for (DeviceSession session : sessions) {
            logits.add(DeviceTrial.requireFixedFunction(session, network, transport, images));
        }
        requireAgreement(sessions, logits);
    }

    /** @param logits by device and image */
    private static void requireAgreement(List<DeviceSession> sessions, List<List<float[]>> logits)
            throws ProviderException {
        List<float[]> expected = logits.get(0);
        for (int device = 1; device < logits.size(); device++) {
            for (int image = 0; image < expected.size(); image++) {
                float[] found = logits.get(device).get(image);
                if (!Arrays.equals(expected.get(image), found)) {
                    throw new ProviderException(sessions.get(0).device() + " and "
                            + sessions.get(device).device() + " give one image different logits, "
                            + Arrays.toString(expected.get(image)) + " and " + Arrays.toString(found)
                            + "; a certificate needs one function: choose devices of one kind");
                }
            }
        }
    }

    /**
     * Whether there is a batch that may be filled. One that would not be full waits until a device has nothing to do:
     * before that, nothing is won by it, and others may come to fill it.
     *
     * @param wholly whether it would be full
     */
    synchronized boolean mayFill(boolean wholly) {
        return wholly ? !idle.isEmpty() : idle.stream().anyMatch(this::isUnused);
    }

    /** A batch to be filled, of a device that has nothing to do if there is one; to be called when there is a batch. */
    synchronized DeviceBatch take() {
        DeviceBatch batch = idle.stream().filter(this::isUnused).findFirst().orElseGet(idle::getFirst);
        idle.remove(batch);
        return batch;
    }

    synchronized void giveBack(DeviceBatch batch) {
        idle.addLast(batch);
    }

    private boolean isUnused(DeviceBatch batch) {
        return idle.stream().filter(other -> other.session() == batch.session()).count() == BATCHES_PER_DEVICE;
    }

    @Override
    public void close() {
        sessions.forEach(DeviceSession::close);
        batches.forEach(DeviceBatch::close);
    }
}
