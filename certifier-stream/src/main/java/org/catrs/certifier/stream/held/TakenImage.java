// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.schemas.event.ImageOrigin;

/**
 * An image as it was taken from its topic.
 *
 * @param partition that it was in
 * @param offset its offset there
 * @param message key, value, headers and timestamp
 */
public record TakenImage(TopicPartition partition, long offset, Record<byte[], byte[]> message) {
    /** Where it was taken from, as events say it. */
    public ImageOrigin origin() {
        return new ImageOrigin(partition.topic(), partition.partition(), offset);
    }
}
