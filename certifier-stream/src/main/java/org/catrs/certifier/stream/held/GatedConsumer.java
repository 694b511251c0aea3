// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A stream thread's consumer of images: gives no more of a partition that has enough at hand. While something is at hand
 * it returns soon also where nothing came, so that answers need not wait for images.
 */
final class GatedConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final Duration WHILE_AT_HAND = Duration.ofMillis(10);

    private final ImagesAtHand images;
    private final Gate gate = new Gate();

    GatedConsumer(Map<String, Object> config, ImagesAtHand images) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.images = images;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        Set<TopicPartition> assigned = assignment();
        Gate.Change change = gate.before(paused(), images.full(assigned));
        super.pause(change.pause());
        super.resume(change.resume());
        boolean isLong = timeout.compareTo(WHILE_AT_HAND) > 0;
        return super.poll(isLong && images.isAnyOf(assigned) ? WHILE_AT_HAND : timeout);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        gate.paused(partitions);
        super.pause(partitions);
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        super.resume(gate.resumed(partitions));
    }
}
