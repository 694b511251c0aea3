// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BusyPartitionAssignorTest {
    private static final String TOPIC = "training-jobs";

    private final Map<String, List<TopicPartition>> owned = new HashMap<>();
    private final Map<String, Integer> busy = new HashMap<>();
    private int generation = 1;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldLeaveABusyPartitionWithItsOwnerWhenAnotherInstanceJoins(int partition) {
        own("first", 0, 1, 2, 3);
        own("second");
        busy.put("first", partition);

        rebalance(4);
        rebalance(4);

        assertThat(owned.get("first")).hasSize(2).contains(new TopicPartition(TOPIC, partition));
        assertThat(owned.get("second")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldGiveWhatIsNotBusyAwayWhenThereIsOnePartitionForEach(int partition) {
        own("first", 0, 1);
        own("second");
        busy.put("first", partition);

        rebalance(2);
        rebalance(2);

        assertThat(owned.get("first")).containsExactly(new TopicPartition(TOPIC, partition));
        assertThat(owned.get("second")).containsExactly(new TopicPartition(TOPIC, 1 - partition));
    }

    @Test
    void shouldShareOutEvenlyWhenNothingIsBusy() {
        own("first", 0, 1, 2, 3);
        own("second");

        rebalance(4);
        rebalance(4);

        assertThat(owned.get("first")).hasSize(2);
        assertThat(owned.get("second")).hasSize(2);
    }

    private void own(String member, int... partitions) {
        List<TopicPartition> list = new ArrayList<>();
        for (int partition : partitions) {
            list.add(new TopicPartition(TOPIC, partition));
        }
        owned.put(member, list);
    }

    /** One round of a cooperative rebalance, as members and leader do it. */
    private void rebalance(int partitions) {
        Map<String, Subscription> subscriptions = new HashMap<>();
        owned.forEach((member, list) -> {
            BusyPartitionAssignor assignor = new BusyPartitionAssignor();
            IntSupplier number = () -> busy.getOrDefault(member, -1);
            assignor.configure(Map.of(BusyPartitionAssignor.BUSY_PARTITION, number));
            assignor.onAssignment(
                    new Assignment(list), new ConsumerGroupMetadata("group", generation, member, Optional.empty()));
            subscriptions.put(
                    member,
                    new Subscription(
                            List.of(TOPIC),
                            assignor.subscriptionUserData(Set.of(TOPIC)),
                            list,
                            generation,
                            Optional.empty()));
        });
        new BusyPartitionAssignor()
                .assign(cluster(partitions), new GroupSubscription(subscriptions))
                .groupAssignment()
                .forEach((member, assignment) -> owned.put(member, assignment.partitions()));
        generation++;
    }

    private static Cluster cluster(int partitions) {
        Node node = new Node(1, "localhost", 9092);
        List<PartitionInfo> infos = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            infos.add(new PartitionInfo(TOPIC, partition, node, new Node[] {node}, new Node[] {node}));
        }
        return new Cluster("cluster", List.of(node), infos, Set.of(), Set.of());
    }
}
