// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

final class HeldOffsetsTest {
    private static final TopicPartition PARTITION = new TopicPartition("images", 0);

    private final ImageLog log = new ImageLog(new Uuid(1, 2), lost -> {});
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final ImagesAtHand images = new ImagesAtHand(
            new AtHandLimits(10, 1 << 20),
            1,
            work::add,
            image -> new Answer("sink", new Record<>(null, new byte[0], 0), waited -> {}));
    private final HeldOffsets offsets = new HeldOffsets(images, log);

    @Test
    void shouldHoldTheOffsetAtTheFirstImageWithoutAnswer() {
        PartitionImages partition = images.begin(PARTITION);
        partition.add(5, new Record<>(null, new byte[1], 0));
        Map<TopicPartition, OffsetAndMetadata> held = offsets.of(taken(8));
        assertThat(held).containsOnlyKeys(PARTITION);
        assertThat(held.get(PARTITION).offset()).isEqualTo(5);
        assertThat(held.get(PARTITION).metadata()).isEqualTo("time#AAAAAAAAAAEAAAAAAAAAAg");
        assertThat(held.get(PARTITION).leaderEpoch())
                .as("that of a later record")
                .isEmpty();
        work.remove().run();
        partition.answer(answer -> {});
        OffsetAndMetadata all = offsets.of(taken(8)).get(PARTITION);
        assertThat(ImageLog.plain(all)).isEqualTo(taken(8).get(PARTITION));
    }

    @Test
    void shouldNameNoOffsetOfAPartitionThatHasTakenNothingYet() {
        images.begin(PARTITION);
        assertThat(offsets.of(taken(8))).isEmpty();
    }

    @Test
    void shouldKnowWhatWasCommittedAndNotWhatWasAborted() {
        Map<TopicPartition, OffsetAndMetadata> first = taken(8);
        offsets.begin();
        assertThat(offsets.areCommitted(first)).isFalse();
        offsets.add(first);
        offsets.begin();
        assertThat(offsets.areCommitted(first))
                .as("the transaction was aborted")
                .isFalse();
        offsets.add(first);
        offsets.commit();
        assertThat(offsets.areCommitted(first)).isTrue();
        assertThat(offsets.areCommitted(taken(9))).isFalse();
        assertThat(offsets.areCommitted(Map.of())).isTrue();
    }

    private static Map<TopicPartition, OffsetAndMetadata> taken(long offset) {
        return Map.of(PARTITION, new OffsetAndMetadata(offset, Optional.of(7), "time"));
    }
}
