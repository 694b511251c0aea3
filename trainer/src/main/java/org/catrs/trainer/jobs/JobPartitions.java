// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.util.Collection;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.catrs.trainer.jobs.JobRecord.Order;

/**
 * The partitions of the jobs' topic that this instance owns: what is to be written of each, and whose turn it is. To be
 * used by the thread of the consumer, but for {@link #isEmpty} and {@link #waiting}.
 */
final class JobPartitions implements AutoCloseable {
    private final String topic;
    private final Consumer<String, byte[]> consumer;
    private final Function<TopicPartition, JobPartition> open;
    private final NavigableMap<Integer, JobPartition> owned = new ConcurrentSkipListMap<>();
    private int lastServed;

    /**
     * None yet.
     *
     * @param open called for each partition that is assigned
     */
    JobPartitions(String topic, Consumer<String, byte[]> consumer, Function<TopicPartition, JobPartition> open) {
        this.topic = topic;
        this.consumer = consumer;
        this.open = open;
    }

    void add(Collection<TopicPartition> assigned) {
        assigned.forEach(partition -> owned.put(partition.partition(), open.apply(partition)));
    }

    void remove(int number) {
        JobPartition removed = owned.remove(number);
        if (removed != null) {
            removed.close();
        }
    }

    /** A partition by its number; empty where it is not owned. */
    Optional<JobPartition> get(int number) {
        return Optional.ofNullable(owned.get(number));
    }

    boolean isEmpty() {
        return owned.isEmpty();
    }

    /** Number of jobs that wait. */
    long waiting() {
        return owned.values().stream().mapToLong(JobPartition::waiting).sum();
    }

    /** Writes what is to be written of all partitions. */
    void write() {
        owned.keySet().forEach(this::write);
    }

    /** Writes what is to be written of a partition, where it is owned, and reads on in it where more can be held. */
    void write(int number) {
        JobPartition partition = owned.get(number);
        if (partition == null) {
            return;
        }
        TopicPartition source = new TopicPartition(topic, number);
        if (partition.write(consumer.groupMetadata(), () -> committed(source))) {
            OptionalLong cut = partition.takeCut();
            cut.ifPresent(offset -> consumer.seek(source, offset));
        }
    }

    private long committed(TopicPartition partition) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.of(partition));
        OffsetAndMetadata offset = committed.get(partition);
        return offset == null ? -1 : offset.offset();
    }

    /** Takes the next order, of the partitions in turn; empty where none waits. */
    Optional<Turn> takeNext() {
        NavigableMap<Integer, JobPartition> inTurn = new TreeMap<>(owned.tailMap(lastServed, false));
        for (int round = 0; round < 2; round++) {
            for (Map.Entry<Integer, JobPartition> entry : inTurn.entrySet()) {
                Optional<Order> order =
                        entry.getValue().isWritten() ? entry.getValue().take() : Optional.empty();
                if (order.isPresent()) {
                    lastServed = entry.getKey();
                    return Optional.of(new Turn(entry.getKey(), order.get()));
                }
            }
            inTurn = new TreeMap<>(owned.headMap(lastServed, true));
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        owned.values().forEach(JobPartition::close);
    }

    /**
     * An order that was taken.
     *
     * @param partition number of the partition that it is of
     */
    record Turn(int partition, Order order) {}
}
