// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * One partition's images at hand, in the order of their offsets, from one assignment of the partition to its end. The
 * partition's stream thread adds and answers; workers may end their work at any time.
 */
public final class PartitionImages {
    private final ImagesAtHand all;
    private final TopicPartition partition;

    /** Those without answer, and those whose answer waits for them. */
    private final Deque<ImageAtHand> unanswered = new ArrayDeque<>();

    /** Those of them that no worker has begun. */
    private final Deque<ImageAtHand> waiting = new ArrayDeque<>();

    private AtHand size = AtHand.NOTHING;
    private int working;
    private long lastTurn;
    private boolean isOpen = true;
    private int givenUp;
    private boolean hasTaken;
    private OptionalLong firstUnanswered = OptionalLong.empty();
    private long lastMove;
    private @Nullable Throwable failure;

    PartitionImages(ImagesAtHand all, TopicPartition partition) {
        this.all = all;
        this.partition = partition;
    }

    /** Takes an image, which a worker will answer; gives it up where another thread has been given the partition. */
    public void add(long offset, Record<byte[], byte[]> message) {
        synchronized (lock()) {
            if (!isOpen) {
                givenUp++;
                return;
            }
            ImageAtHand image = new ImageAtHand(this, new TakenImage(partition, offset, message), now());
            if (unanswered.isEmpty()) {
                lastMove = image.takenAt();
                firstUnanswered = OptionalLong.of(offset);
            }
            hasTaken = true;
            unanswered.add(image);
            waiting.add(image);
            resize(AtHand.NOTHING, image.size());
        }
        all.work();
    }

    /**
     * Forwards the answers that have none to wait for, in the order of the offsets.
     *
     * @throws CertificationFailedException when a worker failed for another reason than its image
     */
    public void answer(Consumer<Answer> forward) {
        for (Answer answer = first(); answer != null; answer = first()) {
            forward.accept(answer);
            Duration waited = removeFirst();
            if (waited != null) {
                answer.counted().accept(waited);
            }
        }
    }

    private @Nullable Answer first() {
        synchronized (lock()) {
            if (failure != null) {
                throw new CertificationFailedException(failure);
            }
            ImageAtHand first = unanswered.peek();
            return first == null ? null : first.answer();
        }
    }

    /**
     * Gives the time for which it waited for those before it; null when another thread has been given the partition
     * meanwhile, so that this one's transaction will fail.
     */
    private @Nullable Duration removeFirst() {
        synchronized (lock()) {
            if (!isOpen) {
                return null;
            }
            ImageAtHand first = unanswered.remove();
            resize(first.size(), AtHand.NOTHING);
            lastMove = now();
            firstUnanswered = unanswered.isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(unanswered.element().offset());
            return Duration.ofNanos(lastMove - first.answeredAt());
        }
    }

    /** Number of images that were taken and not answered: those at hand or, after the end, those given up. */
    public int unanswered() {
        synchronized (lock()) {
            return isOpen ? unanswered.size() : givenUp;
        }
    }

    /** Whether nothing is at hand. */
    public boolean isEmpty() {
        synchronized (lock()) {
            return unanswered.isEmpty();
        }
    }

    /**
     * Gives up what is at hand: whoever has the partition next begins with its first image. What may be committed stays
     * as it is, since a commit may follow.
     *
     * @return how many images were given up
     */
    public int close() {
        synchronized (lock()) {
            end();
            return givenUp;
        }
    }

    /** As {@link #close}, when the partition is assigned anew before that is told. */
    void end() {
        if (isOpen) {
            givenUp = unanswered.size();
            unanswered.forEach(ImageAtHand::cancel);
            unanswered.clear();
            waiting.clear();
            resize(size, AtHand.NOTHING);
            working = 0;
            isOpen = false;
        }
    }

    long now() {
        return all.now();
    }

    Object lock() {
        return all;
    }

    boolean isOpen() {
        return isOpen;
    }

    AtHand size() {
        return size;
    }

    int waiting() {
        return waiting.size();
    }

    long waitingBytes() {
        return waiting.stream().mapToLong(image -> image.size().bytes()).sum();
    }

    /** The timestamp, in milliseconds, of the first image at hand. */
    OptionalLong oldestTimestamp() {
        ImageAtHand first = unanswered.peek();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.timestamp());
    }

    int working() {
        return working;
    }

    /** Whether the next call of {@link #answer} has something to do. */
    boolean hasAnswer() {
        ImageAtHand first = unanswered.peek();
        return first != null && first.answer() != null;
    }

    /** When the first image at hand was taken. */
    OptionalLong oldestTakenAt() {
        ImageAtHand first = unanswered.peek();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.takenAt());
    }

    /** Since when it has not moved, though an image is at hand. */
    OptionalLong standingSince() {
        return unanswered.isEmpty() ? OptionalLong.empty() : OptionalLong.of(lastMove);
    }

    /** Ends the work on the first image when answers that were made have waited for it for longer than a time. */
    void endTooSlow(Duration most) {
        ImageAtHand first = unanswered.peek();
        OptionalLong firstWaits = unanswered.stream()
                .filter(image -> image.answer() != null)
                .mapToLong(ImageAtHand::answeredAt)
                .min();
        if (first == null || first.answer() != null || firstWaits.isEmpty()) {
            return;
        }
        Duration heldUp = Duration.ofNanos(now() - Math.max(lastMove, firstWaits.getAsLong()));
        if (heldUp.compareTo(most) > 0) {
            first.hurry(heldUp);
        }
    }

    /** When a worker last began an image of it. */
    long lastTurn() {
        return lastTurn;
    }

    /**
     * The first image that no worker has begun; a worker begins it now.
     *
     * @param turn counts the images that workers have begun
     */
    ImageAtHand beginNext(long turn) {
        lastTurn = turn;
        working++;
        return waiting.remove();
    }

    /** A worker has answered an image, or failed. */
    void ended(AtHand before, AtHand after, @Nullable Throwable failed) {
        working--;
        resize(before, after);
        if (failed != null && failure == null) {
            failure = failed;
        }
        all.notifyAll();
    }

    /**
     * What may be committed where all up to an offset was taken; nothing where the partition has taken nothing since it
     * was assigned, since whatever offset is named then is of an earlier time.
     */
    OptionalLong committable(long offset) {
        if (!hasTaken) {
            return OptionalLong.empty();
        }
        return firstUnanswered.isPresent()
                ? OptionalLong.of(Math.min(offset, firstUnanswered.getAsLong()))
                : OptionalLong.of(offset);
    }

    private void resize(AtHand before, AtHand after) {
        size = size.minus(before).plus(after);
        all.resize(before, after);
    }
}
