// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A stream thread's consumer of images: gives no more of a partition that has enough at hand. While something is at hand
 * it returns soon also where nothing came, so that answers need not wait for images.
 */
final class GatedConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final Duration WHILE_AT_HAND = Duration.ofMillis(10);

    private final ImagesAtHand images;
    private final ImageLog log;
    private final Gate gate = new Gate();

    GatedConsumer(Map<String, Object> config, ImagesAtHand images, ImageLog log) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.images = images;
        this.log = log;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        Set<TopicPartition> assigned = assignment();
        Gate.Change change = gate.before(paused(), images.full(assigned));
        super.pause(change.pause());
        super.resume(change.resume());
        boolean isLong = timeout.compareTo(WHILE_AT_HAND) > 0;
        try {
            return super.poll(isLong && images.isAnyOf(assigned) ? WHILE_AT_HAND : timeout);
        } catch (OffsetOutOfRangeException e) {
            return tell(e, begins -> log.outOfRange(e.offsetOutOfRangePartitions(), begins));
        } catch (NoOffsetForPartitionException e) {
            return tell(e, log::withoutOffset);
        }
    }

    /** Kafka Streams goes on at the first offset; where that cannot be asked for, the next poll fails so again. */
    private ConsumerRecords<byte[], byte[]> tell(InvalidOffsetException e, Consumer<Map<TopicPartition, Long>> told) {
        try {
            told.accept(beginningOffsets(e.partitions()));
        } catch (TimeoutException unreachable) {
            return ConsumerRecords.empty();
        }
        throw e;
    }

    /** Kafka Streams asks for this when it has been given partitions, and before it reads them. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> known = new HashMap<>();
        super.committed(partitions).forEach((partition, offset) -> {
            if (offset != null && log.isOfThisTopic(partition, offset)) {
                known.put(partition, ImageLog.plain(offset));
            } else if (offset != null) {
                seekToBeginning(Set.of(partition));
            }
        });
        return known;
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
