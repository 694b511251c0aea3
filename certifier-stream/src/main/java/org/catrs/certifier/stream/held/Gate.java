// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Keeps partitions paused that have enough at hand, beside those that Kafka Streams pauses for reasons of its own: a
 * partition is resumed when neither holds it. For one consumer, and the thread that polls it.
 */
final class Gate {
    private final Set<TopicPartition> ours = new HashSet<>();
    private final Set<TopicPartition> others = new HashSet<>();

    /** What a poll is preceded by. */
    record Change(Set<TopicPartition> pause, Set<TopicPartition> resume) {}

    /** Somebody else pauses partitions. */
    void paused(Collection<TopicPartition> partitions) {
        others.addAll(partitions);
    }

    /** Somebody else resumes partitions; gives those of them that may be. */
    Set<TopicPartition> resumed(Collection<TopicPartition> partitions) {
        others.removeAll(partitions);
        Set<TopicPartition> free = new HashSet<>(partitions);
        free.removeAll(ours);
        return free;
    }

    /**
     * What is to be paused, and resumed, before the next poll.
     *
     * @param paused the partitions that the consumer has paused; one that was assigned anew is paused no more, whoever
     *     held it before
     * @param full those that have enough at hand
     */
    Change before(Set<TopicPartition> paused, Set<TopicPartition> full) {
        ours.retainAll(paused);
        others.retainAll(paused);
        Set<TopicPartition> pause = new HashSet<>(full);
        pause.removeAll(ours);
        Set<TopicPartition> resume = new HashSet<>(ours);
        resume.removeAll(full);
        ours.removeAll(resume);
        ours.addAll(pause);
        resume.removeAll(others);
        return new Change(pause, resume);
    }
}
