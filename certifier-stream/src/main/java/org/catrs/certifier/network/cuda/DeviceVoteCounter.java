// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.catrs.certifier.network.session.Device;
import org.catrs.certifier.network.session.VoteCounter;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.image.ImageTensor;

/**
 * Votes on devices: all cores together draw the noise of one batch while each device runs the network on another, and
 * only votes by class come back.
 */
public final class DeviceVoteCounter implements VoteCounter {
    private final List<? extends Device> devices;
    private final DeviceNetwork network;
    private final int threads;
    private final ExecutorService drawing;
    private final Map<PixelTransport, DevicePool> pools = new EnumMap<>(PixelTransport.class);
    /** Counts hold it for reading, and closing waits for them. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private DeviceVoteCounter(List<? extends Device> devices, DeviceNetwork network, int threads) {
        this.devices = List.copyOf(devices);
        this.network = network;
        this.threads = threads;
        this.drawing = Executors.newFixedThreadPool(threads, DaemonThreads.named("noise"));
    }

    /**
     * Opens a network on devices, ready for noise on the grid.
     *
     * @param threads threads that draw noise
     * @throws ProviderException when a device cannot be used
     */
    public static DeviceVoteCounter open(List<? extends Device> devices, DeviceNetwork network, int threads)
            throws ProviderException {
        try (CloseOnFailure opened = new CloseOnFailure()) {
            DeviceVoteCounter votes = opened.add(new DeviceVoteCounter(devices, network, threads));
            votes.pools.put(PixelTransport.STEPS, DevicePool.open(devices, network, PixelTransport.STEPS));
            opened.succeeded();
            return votes;
        }
    }

    @Override
    public ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
        use.readLock().lock();
        try {
            DevicePool pool = pool(parameters.noise());
            ParallelDrawing noise =
                    new ParallelDrawing(drawing, threads, () -> BatchDrawer.of(parameters, image, seed, phase));
            return new ClassCounts(count(pool, noise, first, samples), samples);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (CancellationException) new CancellationException("interrupted while counting votes").initCause(e);
        } finally {
            use.readLock().unlock();
        }
    }

    private long[] count(DevicePool pool, ParallelDrawing noise, long first, long samples) throws InterruptedException {
        DeviceTally tally = new DeviceTally(network.classes());
        for (long done = 0; done < samples && !tally.failed(); done += network.batch()) {
            DeviceBatch batch = pool.take();
            int size = (int) Math.min(network.batch(), samples - done);
            try {
                noise.fill(batch, first + done, size);
            } catch (RuntimeException | Error e) {
                pool.giveBack(batch);
                throw e;
            }
            tally.run(batch, pool::giveBack);
        }
        return tally.await();
    }

    /** Float noise is rare, and its sessions are opened when it is first asked for. */
    private synchronized DevicePool pool(NoiseKind noise) {
        return pools.computeIfAbsent(PixelTransport.of(noise), transport -> {
            try {
                return DevicePool.open(devices, network, transport);
            } catch (ProviderException e) {
                throw new IllegalStateException(e.reason(), e);
            }
        });
    }

    @Override
    public void close() {
        use.writeLock().lock();
        try {
            drawing.shutdown();
            pools.values().forEach(DevicePool::close);
        } finally {
            use.writeLock().unlock();
        }
    }
}
