// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.catrs.schemas.topic.Topics;

/** The topic of images, and how far a certifier is behind its end, as the broker sees it. */
public final class ImageTopic implements AutoCloseable {
    private final Admin admin;
    private final String applicationId;

    public ImageTopic(String bootstrapServers, String applicationId) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.applicationId = applicationId;
    }

    /**
     * Images that have been sent and are not answered. Offsets are committed in the transaction of the answers, so no
     * answer follows once this is 0.
     */
    public long waiting() {
        long taken =
                join(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata()).entrySet().stream()
                        .filter(partition -> partition.getKey().topic().equals(Topics.IMAGES))
                        .mapToLong(partition -> partition.getValue().offset())
                        .sum();
        return sent() - taken;
    }

    /** Images that have ever been sent. */
    public long sent() {
        int partitions = join(admin.describeTopics(List.of(Topics.IMAGES)).allTopicNames())
                .get(Topics.IMAGES)
                .partitions()
                .size();
        Map<TopicPartition, OffsetSpec> ends = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(Topics.IMAGES, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return join(admin.listOffsets(ends).all()).values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    private static <T> T join(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        admin.close();
    }
}
