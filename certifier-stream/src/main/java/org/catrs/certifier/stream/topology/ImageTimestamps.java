// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The producer's timestamp, or the partition's where a producer sent none: Kafka Streams' own extractors stop the
 * stream, or drop the image, when a timestamp is negative. One in the future is taken for now: answers have it, too, and
 * the brokers refuse records from too far ahead, which would stop the stream at this image after every restart.
 */
final class ImageTimestamps implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> image, long partitionTime) {
        long time = image.timestamp() >= 0 ? image.timestamp() : Math.max(0, partitionTime);
        return Math.min(time, System.currentTimeMillis());
    }
}
