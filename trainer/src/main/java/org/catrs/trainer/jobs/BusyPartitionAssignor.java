// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Shares partitions out evenly, but leaves one whose job is being worked at with whoever works at it: an instance that
 * joins takes jobs that wait, and none that has run for hours.
 *
 * <p>Each instance appends the number of its busy partition to what Kafka's sticky assignor tells the leader. Where that
 * assignor would move a busy partition, its owner keeps it and gives up another one instead, which goes to somebody else
 * in the rebalance that follows, as any partition does in a cooperative rebalance.
 */
public final class BusyPartitionAssignor extends CooperativeStickyAssignor implements Configurable {
    /** Consumer setting that says which partition is busy: an {@link IntSupplier}, negative for none. */
    static final String BUSY_PARTITION = "catrs.busy.partition";

    private static final int NONE = -1;

    private IntSupplier busyPartition = () -> NONE;

    /** For Kafka, which configures it afterwards. */
    public BusyPartitionAssignor() {}

    @Override
    public String name() {
        return "catrs-busy-partition";
    }

    @Override
    public void configure(Map<String, ?> settings) {
        if (settings.get(BUSY_PARTITION) instanceof IntSupplier supplier) {
            busyPartition = supplier;
        }
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        ByteBuffer sticky = super.subscriptionUserData(topics);
        return ByteBuffer.allocate(sticky.remaining() + Integer.BYTES)
                .put(sticky.duplicate())
                .putInt(busyPartition.getAsInt())
                .flip();
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription subscriptions) {
        Map<String, TopicPartition> busy = new HashMap<>();
        subscriptions.groupSubscription().forEach((member, subscription) -> {
            TopicPartition partition = busyPartition(subscription);
            if (partition != null) {
                busy.put(member, partition);
            }
        });
        Map<String, List<TopicPartition>> partitions = new HashMap<>();
        super.assign(metadata, subscriptions)
                .groupAssignment()
                .forEach((member, assignment) -> partitions.put(member, new ArrayList<>(assignment.partitions())));
        busy.forEach((member, partition) -> keep(member, partition, partitions));
        Map<String, Assignment> kept = new HashMap<>();
        partitions.forEach((member, list) -> kept.put(member, new Assignment(list)));
        return new GroupAssignment(kept);
    }

    private static void keep(String member, TopicPartition busy, Map<String, List<TopicPartition>> partitions) {
        List<TopicPartition> own = partitions.computeIfAbsent(member, absent -> new ArrayList<>());
        if (own.contains(busy)) {
            return;
        }
        partitions.values().forEach(list -> list.remove(busy));
        if (!own.isEmpty()) {
            own.remove(own.size() - 1);
        }
        own.add(busy);
    }

    /** A busy partition counts while its worker owns it. */
    private static @Nullable TopicPartition busyPartition(Subscription subscription) {
        ByteBuffer data = subscription.userData();
        if (data == null || data.limit() < 2 * Integer.BYTES) {
            return null;
        }
        int number = data.getInt(data.limit() - Integer.BYTES);
        return subscription.ownedPartitions().stream()
                .filter(partition -> partition.partition() == number)
                .findFirst()
                .orElse(null);
    }
}
