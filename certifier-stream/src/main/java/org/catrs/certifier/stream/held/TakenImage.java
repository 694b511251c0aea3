// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.schemas.event.ImageOrigin;
import org.jspecify.annotations.Nullable;

/**
 * An image as it was taken from its topic.
 *
 * @param partition that it was in
 * @param offset its offset there
 * @param message key, value, headers and timestamp
 * @param heldUp how long it has held up the answers of later images, when that was longer than it may: it is to be answered
 *     without more work on it; null otherwise
 */
public record TakenImage(
        TopicPartition partition,
        long offset,
        Record<byte[], byte[]> message,
        @Nullable Duration heldUp) {
    /** An image that nothing waits for. */
    public TakenImage(TopicPartition partition, long offset, Record<byte[], byte[]> message) {
        this(partition, offset, message, null);
    }

    /** The same image, which has held up others for too long. */
    TakenImage tooSlow(Duration time) {
        return new TakenImage(partition, offset, message, time);
    }

    /** Where it was taken from, as events say it. */
    public ImageOrigin origin() {
        return new ImageOrigin(partition.topic(), partition.partition(), offset);
    }
}
