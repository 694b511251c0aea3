// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One image at hand. A worker answers it once; all else is done under the lock of its partition. */
final class ImageAtHand {
    private final PartitionImages partition;
    private final long offset;
    private final long timestamp;
    private final long takenAt;

    /** Not needed, and not kept, once there is an answer. */
    private @Nullable TakenImage taken;

    private long bytes;
    private @Nullable Answer answer;
    private long answeredAt;
    private @Nullable Thread worker;
    private boolean isCancelled;
    private @Nullable Duration heldUp;

    /** @param takenAt reading of the clock, in nanoseconds */
    ImageAtHand(PartitionImages partition, TakenImage taken, long takenAt) {
        this.partition = partition;
        this.offset = taken.offset();
        this.timestamp = taken.message().timestamp();
        this.taken = taken;
        this.bytes = RecordSize.of(taken.message());
        this.takenAt = takenAt;
    }

    long offset() {
        return offset;
    }

    /** The image's own, in milliseconds. */
    long timestamp() {
        return timestamp;
    }

    long takenAt() {
        return takenAt;
    }

    AtHand size() {
        return new AtHand(1, bytes);
    }

    @Nullable
    Answer answer() {
        return answer;
    }

    /** Reading of the clock when it had its answer. */
    long answeredAt() {
        return answeredAt;
    }

    /** Makes the answer on this thread, which is interrupted when the image is given up. */
    void work(Function<TakenImage, Answer> certify) {
        TakenImage image = begin();
        if (image == null) {
            return;
        }
        try {
            end(answer(certify, image), null);
        } catch (Throwable e) { // whatever it is, the stream thread is told of it
            end(null, e);
        }
    }

    /** An image that was interrupted because others wait for it is given once more, to be answered as it is. */
    private Answer answer(Function<TakenImage, Answer> certify, TakenImage image) {
        try {
            return certify.apply(image);
        } catch (RuntimeException e) {
            Duration time = interruptedAfter();
            if (time == null) {
                throw e;
            }
            return certify.apply(image.tooSlow(time));
        }
    }

    private @Nullable Duration interruptedAfter() {
        synchronized (partition.lock()) {
            if (heldUp != null && !isCancelled) {
                boolean unused = Thread.interrupted();
                return heldUp;
            }
            return null;
        }
    }

    private @Nullable TakenImage begin() {
        synchronized (partition.lock()) {
            if (isCancelled) {
                return null;
            }
            worker = Thread.currentThread();
            return taken;
        }
    }

    private void end(@Nullable Answer made, @Nullable Throwable failure) {
        synchronized (partition.lock()) {
            worker = null;
            // It was for this image, and must not meet the worker's next one.
            boolean unused = Thread.interrupted();
            if (isCancelled) {
                return;
            }
            AtHand before = size();
            if (made != null) {
                taken = null;
                answer = made;
                answeredAt = partition.now();
                bytes = RecordSize.of(made.message());
            }
            partition.ended(before, size(), failure);
        }
    }

    /** Ends the work on it, because it has held up later images for this time. */
    void hurry(Duration time) {
        if (worker != null && heldUp == null) {
            heldUp = time;
            worker.interrupt();
        }
    }

    /** Ends the work on it. */
    void cancel() {
        isCancelled = true;
        if (worker != null) {
            worker.interrupt();
        }
    }
}
