// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.catrs.certifier.network.batches.BatchSharing;
import org.catrs.certifier.network.batches.Endings;
import org.catrs.certifier.network.batches.FillCounter;
import org.catrs.certifier.network.batches.SampleQueue;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.session.Device;
import org.catrs.certifier.network.session.TrialImages;
import org.catrs.certifier.network.session.VoteCounter;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.catrs.certifier.smoothing.counts.BatchWait;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/**
 * Votes on devices: all cores together draw the noise of one batch while each device runs the network on another, and
 * only labels come back.
 */
public final class DeviceVoteCounter implements VoteCounter {
    private final List<? extends Device> devices;
    private final DeviceNetwork network;
    private final int threads;
    private final BatchSharing sharing;
    private final FillCounter fill = new FillCounter();
    private final ExecutorService drawing;
    /** Guarded by this. */
    private final Map<PixelTransport, DeviceBatches> batches = new EnumMap<>(PixelTransport.class);

    /** What the devices were last tried out on; null for nothing yet. Guarded by this. */
    private @Nullable TrialImages tried;

    private boolean closed;

    private DeviceVoteCounter(
            List<? extends Device> devices, DeviceNetwork network, int threads, BatchSharing sharing) {
        this.devices = List.copyOf(devices);
        this.network = network;
        this.threads = threads;
        this.sharing = sharing;
        this.drawing = Executors.newFixedThreadPool(threads, DaemonThreads.named("noise"));
    }

    /**
     * Opens a network on devices, ready for noise on the grid.
     *
     * @param threads threads that draw noise
     * @param sharing which samples may stand in one batch
     * @throws ProviderException when a device cannot be used
     */
    public static DeviceVoteCounter open(
            List<? extends Device> devices, DeviceNetwork network, int threads, BatchSharing sharing)
            throws ProviderException {
        try (CloseOnFailure opened = new CloseOnFailure()) {
            DeviceVoteCounter votes = opened.add(new DeviceVoteCounter(devices, network, threads, sharing));
            votes.open(PixelTransport.STEPS);
            opened.succeeded();
            return votes;
        }
    }

    private synchronized DeviceBatches open(PixelTransport transport) throws ProviderException {
        try (CloseOnFailure opened = new CloseOnFailure()) {
            DevicePool pool = opened.add(DevicePool.open(devices, network, transport));
            if (tried != null) {
                pool.requireFixedFunction(network, transport, tried);
            }
            int imageSize = network.signature().image().size();
            DeviceBatches there = new DeviceBatches(
                    new SampleQueue(network.batch(), network.classes(), sharing, fill),
                    pool,
                    new ParallelDrawing(drawing, threads, () -> BatchDrawer.of(transport, imageSize)));
            batches.put(transport, there);
            opened.succeeded();
            return there;
        }
    }

    /**
     * Tries each device out on images.
     *
     * @throws InvalidDataException when the network is no fixed function of them there, or the devices do not agree
     */
    public synchronized void requireFixedFunction(TrialImages images) {
        try {
            for (Map.Entry<PixelTransport, DeviceBatches> there : batches.entrySet()) {
                there.getValue().pool().requireFixedFunction(network, there.getKey(), images);
            }
        } catch (ProviderException e) {
            throw new InvalidDataException(e.reason(), e);
        }
        tried = images;
    }

    @Override
    public List<ClassCounts> count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, List<SampleRange> ranges, Urgency urgency) {
        return queue(parameters.noise()).count(image, parameters, seed, ranges, urgency);
    }

    /** Float noise is rare, and its sessions are opened when it is first asked for. */
    private synchronized SampleQueue queue(NoiseKind noise) {
        if (closed) {
            throw new IllegalStateException("the network is closed");
        }
        PixelTransport transport = PixelTransport.of(noise);
        DeviceBatches there = batches.get(transport);
        try {
            return (there != null ? there : open(transport)).queue();
        } catch (ProviderException e) {
            throw new IllegalStateException(e.reason(), e);
        }
    }

    @Override
    public BatchFill fill() {
        return fill.fill();
    }

    @Override
    public BatchWait waited() {
        return fill.waited();
    }

    @Override
    public synchronized void close() {
        closed = true;
        batches.values().forEach(DeviceBatches::close);
        Endings.await(drawing);
    }
}
