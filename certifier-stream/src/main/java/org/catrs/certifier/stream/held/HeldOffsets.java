// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What one producer commits of the offsets that it is given: for each partition the first image without an answer. */
final class HeldOffsets {
    private final ImagesAtHand images;
    private final ImageLog log;

    /** What was committed last. */
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    private final Map<TopicPartition, Long> inTransaction = new HashMap<>();

    HeldOffsets(ImagesAtHand images, ImageLog log) {
        this.images = images;
        this.log = log;
    }

    /** A transaction begins. */
    void begin() {
        inTransaction.clear();
    }

    /**
     * What is to be committed.
     *
     * @param given offsets up to which images were taken
     */
    Map<TopicPartition, OffsetAndMetadata> of(Map<TopicPartition, OffsetAndMetadata> given) {
        Map<TopicPartition, OffsetAndMetadata> held = new HashMap<>();
        given.forEach((partition, taken) -> images.committable(partition, taken.offset())
                .ifPresent(offset -> held.put(partition, log.marked(at(offset, taken)))));
        return held;
    }

    /** The epoch of a record says nothing of one before it. */
    private static OffsetAndMetadata at(long offset, OffsetAndMetadata taken) {
        return offset == taken.offset() ? taken : new OffsetAndMetadata(offset, Optional.empty(), taken.metadata());
    }

    /** Whether all of this was committed before. */
    boolean areCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        return offsets.entrySet().stream()
                .allMatch(entry -> Long.valueOf(entry.getValue().offset()).equals(committed.get(entry.getKey())));
    }

    /** These are committed with the transaction. */
    void add(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> inTransaction.put(partition, offset.offset()));
    }

    /** The transaction was committed. */
    void commit() {
        committed.putAll(inTransaction);
        inTransaction.clear();
    }
}
