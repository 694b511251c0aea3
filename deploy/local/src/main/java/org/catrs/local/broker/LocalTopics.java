// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.broker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.catrs.schemas.topic.Topics;

/** Creates catrs's topics on a broker of one node. */
final class LocalTopics {
    /** As many certifier threads, in one process or several, can share the work. */
    static final int IMAGE_PARTITIONS = 4;

    /** As many instances of the trainer can work at a time. */
    static final int JOB_PARTITIONS = 4;

    private static final short REPLICATION = 1;
    private static final Map<String, String> COMPACTED =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);

    /** A job may wait for longer than Kafka keeps records by default. */
    private static final Map<String, String> KEPT = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");

    private static final List<NewTopic> ALL = List.of(
            new NewTopic(Topics.IMAGES, IMAGE_PARTITIONS, REPLICATION),
            new NewTopic(Topics.CERTIFIED_PREDICTIONS, IMAGE_PARTITIONS, REPLICATION),
            new NewTopic(Topics.IMAGES_REJECTED, IMAGE_PARTITIONS, REPLICATION),
            new NewTopic(Topics.CERTIFICATION_RATES, 1, REPLICATION),
            new NewTopic(Topics.SHIFT_EVENTS, 1, REPLICATION),
            new NewTopic(Topics.MODELS, 1, REPLICATION).configs(COMPACTED),
            new NewTopic(Topics.MODEL_STATUS, 1, REPLICATION).configs(COMPACTED),
            new NewTopic(Topics.TRAINING_JOBS, JOB_PARTITIONS, REPLICATION).configs(KEPT),
            new NewTopic(Topics.TRAINING_STATUS, 1, REPLICATION).configs(COMPACTED));

    private LocalTopics() {}

    static List<String> names() {
        return ALL.stream().map(NewTopic::name).toList();
    }

    /**
     * Creates what is missing; the first request waits for the broker.
     *
     * @throws TimeoutException if the broker does not answer in time
     */
    static void create(String bootstrapServers, long seconds)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<String, Object> configuration = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TimeUnit.SECONDS.toMillis(seconds),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                100);
        try (Admin admin = Admin.create(configuration)) {
            for (var created : admin.createTopics(ALL).values().values()) {
                awaitTopic(created, seconds);
            }
        }
    }

    private static void awaitTopic(KafkaFuture<Void> created, long seconds)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            created.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
