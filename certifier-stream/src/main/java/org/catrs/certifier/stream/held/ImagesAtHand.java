// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * All images that an instance has at hand, and who works on which: workers take from the partition on which fewest work,
 * and from each in the order of its offsets. No partition may have more than half of the workers that the others leave, so
 * that slow images of one keep none from moving. Safe for use by several threads.
 */
public final class ImagesAtHand {
    private final AtHandLimits limits;
    private final int workers;
    private final Executor executor;
    private final Function<TakenImage, Answer> certify;
    private final LongSupplier clock;

    /** By partition, also those that were closed: a commit may follow. */
    private final Map<TopicPartition, PartitionImages> partitions = new LinkedHashMap<>();

    private AtHand size = AtHand.NOTHING;
    private long turns;
    private boolean isEnding;

    /**
     * @param workers number of threads that answer
     * @param executor has so many
     * @param certify answers an image; called by workers, which are interrupted when the image is given up
     */
    public ImagesAtHand(AtHandLimits limits, int workers, Executor executor, Function<TakenImage, Answer> certify) {
        this(limits, workers, executor, certify, System::nanoTime);
    }

    /** @param clock counts nanoseconds */
    ImagesAtHand(
            AtHandLimits limits,
            int workers,
            Executor executor,
            Function<TakenImage, Answer> certify,
            LongSupplier clock) {
        this.limits = limits;
        this.workers = workers;
        this.executor = executor;
        this.certify = certify;
        this.clock = clock;
    }

    /** Begins with a partition that was assigned, also where it was before. */
    public synchronized PartitionImages begin(TopicPartition partition) {
        PartitionImages begun = new PartitionImages(this, partition);
        PartitionImages earlier = partitions.put(partition, begun);
        if (earlier != null) {
            earlier.end();
        }
        return begun;
    }

    /** Number of images at hand. */
    public synchronized int images() {
        return size.images();
    }

    /** Size of the images at hand, or of their answers, as records. */
    public synchronized long bytes() {
        return size.bytes();
    }

    /** Number of images at hand that no worker has begun. */
    public synchronized int waiting() {
        return open().mapToInt(PartitionImages::waiting).sum();
    }

    /** Size as records of the images at hand that no worker has begun. */
    public synchronized long waitingBytes() {
        return open().mapToLong(PartitionImages::waitingBytes).sum();
    }

    /**
     * Age, by its own timestamp, of the oldest image of those that their partitions answer next; zero where none is at hand.
     *
     * @param millis the time now, since 1970
     */
    public synchronized Duration lag(long millis) {
        return Duration.ofMillis(open().map(PartitionImages::oldestTimestamp)
                .flatMapToLong(OptionalLong::stream)
                .map(timestamp -> Math.max(0, millis - timestamp))
                .max()
                .orElse(0));
    }

    /** How long the oldest image has been at hand; zero where none is. */
    public synchronized Duration oldest() {
        return since(open().map(PartitionImages::oldestTakenAt));
    }

    /** The longest time for which a partition has answered nothing though it has images at hand. */
    public synchronized Duration standstill() {
        return since(open().map(PartitionImages::standingSince));
    }

    /**
     * Ends the work on images that keep answers that were made from being forwarded for longer than a time; they are given
     * to be answered once more, as {@link TakenImage#heldUp} says.
     */
    public synchronized void endTooSlow(Duration most) {
        open().forEach(images -> images.endTooSlow(most));
    }

    /**
     * Lets workers begin nothing more, and waits for the images that they work on, and for the answers that can be
     * forwarded.
     *
     * @param limit after which it waits no longer
     */
    public synchronized void settle(Duration limit) throws InterruptedException {
        isEnding = true;
        long end = now() + limit.toNanos();
        while (open().anyMatch(images -> images.working() > 0 || images.hasAnswer()) && now() < end) {
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(1, end - now()));
        }
    }

    /** Those of some partitions that have enough at hand. */
    synchronized Set<TopicPartition> full(Collection<TopicPartition> assigned) {
        int sharing = (int) open().count();
        Set<TopicPartition> full = new HashSet<>();
        for (TopicPartition partition : assigned) {
            PartitionImages images = partitions.get(partition);
            if (images != null && images.isOpen() && limits.areReached(size, images.size(), sharing)) {
                full.add(partition);
            }
        }
        return full;
    }

    /** Whether something of some partitions is at hand. */
    synchronized boolean isAnyOf(Collection<TopicPartition> assigned) {
        return assigned.stream()
                .map(partitions::get)
                .anyMatch(images -> images != null && images.size().images() > 0);
    }

    /** What may be committed of a partition of which all up to an offset was taken; empty for nothing. */
    synchronized OptionalLong committable(TopicPartition partition, long offset) {
        PartitionImages images = partitions.get(partition);
        return images == null ? OptionalLong.of(offset) : images.committable(offset);
    }

    /** Has a worker answer images that wait, until there are none for it. */
    void work() {
        executor.execute(() -> {
            for (ImageAtHand next = next(); next != null; next = next()) {
                next.work(certify);
            }
        });
    }

    private synchronized @Nullable ImageAtHand next() {
        int idle = workers - open().mapToInt(PartitionImages::working).sum();
        return isEnding
                ? null
                : open().filter(images -> images.waiting() > 0 && (images.working() == 0 || images.working() < idle))
                        .min(Comparator.comparingInt(PartitionImages::working)
                                .thenComparingLong(PartitionImages::lastTurn))
                        .map(images -> images.beginNext(++turns))
                        .orElse(null);
    }

    void resize(AtHand before, AtHand after) {
        size = size.minus(before).plus(after);
        notifyAll();
    }

    long now() {
        return clock.getAsLong();
    }

    private Stream<PartitionImages> open() {
        return partitions.values().stream().filter(PartitionImages::isOpen);
    }

    private Duration since(Stream<OptionalLong> times) {
        long now = now();
        return Duration.ofNanos(times.filter(OptionalLong::isPresent)
                .mapToLong(time -> now - time.getAsLong())
                .max()
                .orElse(0));
    }
}
