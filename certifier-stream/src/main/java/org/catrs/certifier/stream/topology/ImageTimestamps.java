// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The producer's timestamp, or now where a producer sent none: Kafka Streams' own extractors stop the stream, or drop the
 * image, when a timestamp is negative.
 */
final class ImageTimestamps implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> image, long partitionTime) {
        return image.timestamp() >= 0 ? image.timestamp() : System.currentTimeMillis();
    }
}
