// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.catrs.schemas.InvalidDataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The brokers, asked with patience of {@value #PATIENCE_SECONDS} seconds. */
public final class Brokers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Brokers.class);
    private static final int PATIENCE_SECONDS = 15;

    private final Admin admin;
    private final String address;

    private Brokers(Admin admin, String address) {
        this.admin = admin;
        this.address = address;
    }

    /**
     * Gets ready to ask; the first question connects.
     *
     * @param properties Kafka client properties, with {@code bootstrap.servers}
     * @throws InvalidDataException when the properties cannot be used
     */
    public static Brokers connect(Map<String, ?> properties) {
        Map<String, Object> patient = new HashMap<>(properties);
        patient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int)
                Duration.ofSeconds(PATIENCE_SECONDS).toMillis());
        patient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                Duration.ofSeconds(PATIENCE_SECONDS / 3).toMillis());
        String address = String.valueOf(properties.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG));
        try {
            return new Brokers(Admin.create(patient), address);
        } catch (KafkaException e) {
            throw new InvalidDataException(
                    "no connection to the brokers at " + address + " can be made: " + first(e).getMessage(), e);
        }
    }

    /** What is wrong with a key or a login is said two or three causes below. */
    private static Throwable first(Throwable exception) {
        Throwable cause = exception.getCause();
        return cause == null || cause.getMessage() == null ? exception : first(cause);
    }

    /**
     * Makes sure that topics exist.
     *
     * @throws InvalidDataException when no broker answers, or one refuses the login or a topic's name, or a topic is
     *     missing; the message lists all that are
     */
    public void requireTopics(Collection<String> topics) {
        List<String> missing = new ArrayList<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, description) -> {
            try {
                get(description);
            } catch (UnknownTopicOrPartitionException e) {
                missing.add(topic);
            } catch (ApiException e) {
                throw new InvalidDataException(
                        "the topic '" + topic + "' cannot be used at " + address + ": " + e.getMessage(), e);
            }
        });
        if (!missing.isEmpty()) {
            throw new InvalidDataException(missingMessage(missing));
        }
    }

    /** Number of partitions of a topic that exists. */
    public int partitions(String topic) {
        return get(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                .mapToInt(description -> description.partitions().size())
                .sum();
    }

    /** Which of some topics exist, and their ids, which a topic that is made again has not. */
    public Map<String, Uuid> topicIds(Collection<String> topics) {
        Map<String, Uuid> ids = new HashMap<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, description) -> {
            try {
                ids.put(topic, get(description).topicId());
            } catch (UnknownTopicOrPartitionException e) {
                LOG.debug("there is no topic {}", topic, e);
            }
        });
        return ids;
    }

    /** The configuration of a topic, by Kafka's names; empty where the brokers may not say. */
    public Map<String, String> topicConfig(String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> given = new HashMap<>();
        try {
            get(admin.describeConfigs(List.of(resource)).all())
                    .values()
                    .forEach(config -> config.entries().forEach(entry -> given.put(entry.name(), entry.value())));
        } catch (AuthorizationException e) {
            LOG.debug("the configuration of topic {} may not be read", topic, e);
        }
        return given;
    }

    /**
     * How near a group is to what was removed from a topic: for each partition of which it has more to read, and from
     * which something was removed, the number of offsets from the log's begin to the one that the group has committed;
     * below 0 where that was removed, too.
     */
    public Map<TopicPartition, Long> offsetsToRemoved(String group, String topic) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (partition.topic().equals(topic) && offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        Map<TopicPartition, Long> begins = offsets(committed.keySet(), OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(committed.keySet(), OffsetSpec.latest());
        Map<TopicPartition, Long> distances = new HashMap<>();
        committed.forEach((partition, next) -> {
            long begin = begins.getOrDefault(partition, 0L);
            if (begin > 0 && next < ends.getOrDefault(partition, 0L)) {
                distances.put(partition, next - begin);
            }
        });
        return distances;
    }

    private Map<TopicPartition, Long> offsets(Set<TopicPartition> partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(admin.listOffsets(asked).all()).forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private <T> T get(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new InvalidDataException(
                        "no broker answered at " + address + " within " + PATIENCE_SECONDS
                                + " seconds: is it running, and is the address the one that it advertises?",
                        e);
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        }
    }

    private String missingMessage(List<String> missing) {
        StringBuilder message = new StringBuilder("the brokers at " + address + " have no topic "
                + String.join(", ", missing) + "; create what is missing, for example with");
        for (String topic : missing) {
            message.append(System.lineSeparator())
                    .append("  kafka-topics.sh --bootstrap-server " + address + " --create --partitions 4 --topic "
                            + topic);
        }
        return message.toString();
    }
}
