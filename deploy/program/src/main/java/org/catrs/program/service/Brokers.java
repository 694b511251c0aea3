// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.ResourceType;
import org.catrs.schemas.InvalidDataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The brokers, asked with patience of {@value #PATIENCE_SECONDS} seconds. */
public final class Brokers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Brokers.class);
    private static final int PATIENCE_SECONDS = 15;

    private final Admin admin;
    private final ConnectionFault fault;

    private Brokers(Admin admin, ConnectionFault fault) {
        this.admin = admin;
        this.fault = fault;
    }

    /**
     * Gets ready to ask; the first question connects.
     *
     * @param properties Kafka client properties, with {@code bootstrap.servers}
     * @throws InvalidDataException when the properties cannot be used, or are for another kind of listener
     */
    public static Brokers connect(Map<String, ?> properties) {
        Map<String, Object> patient = new HashMap<>(properties);
        patient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int)
                Duration.ofSeconds(PATIENCE_SECONDS).toMillis());
        patient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                Duration.ofSeconds(PATIENCE_SECONDS / 3).toMillis());
        ConnectionFault fault = ConnectionFault.of(properties);
        fault.mismatch().ifPresent(problem -> {
            throw new InvalidDataException(problem);
        });
        try {
            return new Brokers(Admin.create(patient), fault);
        } catch (KafkaException e) {
            throw new InvalidDataException(fault.unusable(e), e);
        }
    }

    /**
     * Makes sure that topics exist, and that what is needed may be done.
     *
     * @throws InvalidDataException when no broker answers, or one refuses the login, or a topic is missing, or a right is
     *     lacking; the message lists all that are, with the commands that mend it
     */
    public void require(BrokerAccess access) {
        List<String> missing = new ArrayList<>();
        SortedSet<LackingRight> lacking = new TreeSet<>();
        lookAtTopics(access.topics(), missing, lacking);
        lookAtInternalTopics(access.internalTopics(), lacking);
        access.groups().forEach(group -> lookAtGroup(group, lacking));
        access.transactionalIds().forEach(prefix -> lookAtTransactions(prefix, lacking));
        List<String> problems = new ArrayList<>();
        if (!missing.isEmpty()) {
            problems.add(missingMessage(missing));
        }
        if (!lacking.isEmpty()) {
            problems.add(lackingMessage(lacking));
        }
        if (!problems.isEmpty()) {
            throw new InvalidDataException(String.join(System.lineSeparator(), problems));
        }
    }

    private void lookAtTopics(
            Map<String, Set<AclOperation>> topics, Collection<String> missing, Collection<LackingRight> lacking) {
        DescribeTopicsOptions withRights = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        admin.describeTopics(topics.keySet(), withRights).topicNameValues().forEach((topic, description) -> {
            Set<AclOperation> needed = topics.getOrDefault(topic, Set.of());
            try {
                Set<AclOperation> allowed = get(description).authorizedOperations();
                // Brokers that do not tell rights are believed to give them.
                if (allowed != null && !allowed.isEmpty()) {
                    needed.stream()
                            .filter(operation -> !allowed.contains(operation))
                            .forEach(operation -> lacking.add(new LackingRight(operation, ResourceType.TOPIC, topic)));
                }
            } catch (UnknownTopicOrPartitionException e) {
                missing.add(topic);
            } catch (TopicAuthorizationException e) {
                needed.forEach(operation -> lacking.add(new LackingRight(operation, ResourceType.TOPIC, topic)));
            } catch (ApiException e) {
                throw new InvalidDataException(
                        "the topic '" + topic + "' cannot be used at " + fault.address() + ": " + e.getMessage(), e);
            }
        });
    }

    private void lookAtInternalTopics(Map<String, Set<AclOperation>> topics, Collection<LackingRight> lacking) {
        if (topics.isEmpty()) {
            return;
        }
        Map<String, Set<AclOperation>> present = new HashMap<>(topics);
        List<NewTopic> made = topics.keySet().stream()
                .map(topic -> new NewTopic(topic, Optional.empty(), Optional.empty()))
                .toList();
        CreateTopicsOptions inThought = new CreateTopicsOptions().validateOnly(true);
        admin.createTopics(made, inThought).values().forEach((topic, created) -> {
            try {
                get(created);
                present.remove(topic);
            } catch (TopicExistsException e) {
                LOG.debug("{} is there", topic);
            } catch (AuthorizationException e) {
                lacking.add(new LackingRight(AclOperation.CREATE, ResourceType.TOPIC, topic));
                present.remove(topic);
            } catch (ApiException e) {
                LOG.debug("whether {} may be made is not known", topic, e);
                present.remove(topic);
            }
        });
        lookAtTopics(present, new ArrayList<>(), lacking);
    }

    /** To take a member out that the group does not have needs the right that joining needs, and changes nothing. */
    private void lookAtGroup(String group, Collection<LackingRight> lacking) {
        MemberToRemove nobody = new MemberToRemove("catrs-start-" + UUID.randomUUID());
        try {
            get(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions(List.of(nobody)))
                    .memberResult(nobody));
        } catch (AuthorizationException e) {
            lacking.add(new LackingRight(AclOperation.READ, ResourceType.GROUP, group));
        } catch (ApiException e) {
            LOG.debug("the group {} may be joined", group, e);
        }
    }

    /** A transactional id that nobody else uses, so that no producer is fenced. */
    private void lookAtTransactions(String prefix, Collection<LackingRight> lacking) {
        String unused = prefix + "-start";
        try {
            get(admin.fenceProducers(List.of(unused)).all());
        } catch (AuthorizationException e) {
            lacking.add(new LackingRight(AclOperation.WRITE, ResourceType.TRANSACTIONAL_ID, prefix));
        } catch (ApiException e) {
            LOG.debug("whether transactions {} may be begun is not known", prefix, e);
        }
    }

    private String lackingMessage(Collection<LackingRight> lacking) {
        StringBuilder message = new StringBuilder(fault.principal() + " may not "
                + lacking.stream().map(LackingRight::toString).collect(Collectors.joining(", ")) + " at "
                + fault.address() + "; who administers the brokers can allow it, for example with");
        lacking.forEach(right -> message.append(System.lineSeparator())
                .append("  ")
                .append(right.grant(fault.address(), fault.principal())));
        return message.toString();
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
                throw new InvalidDataException(fault.silence(PATIENCE_SECONDS), e);
            }
            if (e.getCause() instanceof AuthenticationException refused) {
                throw new InvalidDataException(fault.unauthenticated(refused), e);
            }
            throw e.getCause() instanceof KafkaException known ? known : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while waiting for the brokers", e);
        }
    }

    private String missingMessage(List<String> missing) {
        StringBuilder message = new StringBuilder("the brokers at " + fault.address() + " have no topic "
                + String.join(", ", missing) + "; create what is missing, for example with");
        for (String topic : missing) {
            message.append(System.lineSeparator())
                    .append("  kafka-topics.sh --bootstrap-server " + fault.address()
                            + " --create --partitions 4 --topic " + topic);
        }
        return message.toString();
    }
}
