// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the offset at which reading is to go on is still one of the topic, and of the topic of that time. Each offset is
 * committed with the topic's id, since one that is made again has offsets of the same numbers. What cannot be read any more
 * is said and counted.
 */
public final class ImageLog {
    private static final Logger LOG = LoggerFactory.getLogger(ImageLog.class);

    /** Kafka Streams' own metadata are Base64, which has no such character. */
    private static final char SEPARATOR = '#';

    private final Uuid topicId;
    private final LongConsumer lost;

    /**
     * @param topicId of the images' topic
     * @param lost is told how many offsets were removed before they were read
     */
    public ImageLog(Uuid topicId, LongConsumer lost) {
        this.topicId = topicId;
        this.lost = lost;
    }

    /** An offset to be committed, with the topic's id. */
    OffsetAndMetadata marked(OffsetAndMetadata offset) {
        return with(offset, offset.metadata() + SEPARATOR + topicId);
    }

    /** A committed offset as Kafka Streams gave it. */
    static OffsetAndMetadata plain(OffsetAndMetadata committed) {
        int end = committed.metadata().indexOf(SEPARATOR);
        return end < 0 ? committed : with(committed, committed.metadata().substring(0, end));
    }

    private static OffsetAndMetadata with(OffsetAndMetadata offset, String metadata) {
        Optional<Integer> epoch = offset.leaderEpoch();
        return new OffsetAndMetadata(offset.offset(), epoch, metadata);
    }

    /** Whether an offset was committed for the topic that is there now, as far as it says. */
    boolean isOfThisTopic(TopicPartition partition, OffsetAndMetadata committed) {
        int end = committed.metadata().indexOf(SEPARATOR);
        if (end < 0 || committed.metadata().substring(end + 1).equals(topicId.toString())) {
            return true;
        }
        LOG.warn(
                "{} was made again since offset {} was committed; reading begins with its first image, and what the"
                        + " earlier topic had left is gone",
                partition,
                committed.offset());
        return false;
    }

    /**
     * The group has no offset at which reading is to go on.
     *
     * @param begins first offsets of the log
     */
    void withoutOffset(Map<TopicPartition, Long> begins) {
        begins.forEach((partition, begin) -> {
            if (begin > 0) {
                LOG.warn(
                        "the group has no offset for {}, as at a first start, or after offsets.retention.minutes without"
                                + " one: reading begins with its first image, at {}; whether those before it were answered"
                                + " is not known",
                        partition,
                        begin);
            } else {
                LOG.info("the group has no offset for {}: reading begins with its first image", partition);
            }
        });
    }

    /**
     * Offsets at which reading was to go on are none of the log.
     *
     * @param positions the offsets
     * @param begins first offsets of the log
     */
    void outOfRange(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> begins) {
        positions.forEach((partition, position) -> {
            long begin = begins.getOrDefault(partition, 0L);
            if (position < begin) {
                lost.accept(begin - position);
                LOG.error(
                        "up to {} images of {} were removed before they were answered, by retention or by somebody:"
                                + " offsets {} to {}; reading goes on at {}",
                        begin - position,
                        partition,
                        position,
                        begin - 1,
                        begin);
            } else {
                LOG.error(
                        "{} ends before offset {}, at which reading was to go on: it was made again, or its end was"
                                + " lost; reading begins with its first image, at {}",
                        partition,
                        position,
                        begin);
            }
        });
    }
}
