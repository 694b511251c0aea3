// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What a program needs of the brokers: topics, and what it has to be allowed to do with them, with groups, and with
 * transactional ids.
 *
 * @param topics that have to exist, with the operations that are needed
 * @param internalTopics that the program makes itself where they are missing, with the operations that are needed
 * @param groups that the program is a member of
 * @param transactionalIds beginnings of transactional ids that it uses
 */
public record BrokerAccess(
        Map<String, Set<AclOperation>> topics,
        Map<String, Set<AclOperation>> internalTopics,
        List<String> groups,
        List<String> transactionalIds) {
    /** Copies what is given. */
    public BrokerAccess {
        topics = copyOf(topics);
        internalTopics = copyOf(internalTopics);
        groups = List.copyOf(groups);
        transactionalIds = List.copyOf(transactionalIds);
    }

    /** Needs nothing. */
    public static BrokerAccess none() {
        return new BrokerAccess(Map.of(), Map.of(), List.of(), List.of());
    }

    /** This, and topics that are read. */
    public BrokerAccess reading(String... names) {
        return with(AclOperation.READ, names);
    }

    /** This, and topics that are written to. */
    public BrokerAccess writing(String... names) {
        return with(AclOperation.WRITE, names);
    }

    /** This, and internal topics of Kafka Streams: kept for a store, or to bring equal keys together. */
    public BrokerAccess making(String topic, AclOperation... operations) {
        Map<String, Set<AclOperation>> more = new TreeMap<>(internalTopics);
        more.put(topic, Set.of(operations));
        return new BrokerAccess(topics, more, groups, transactionalIds);
    }

    /** This, and membership of a group. */
    public BrokerAccess joining(String group) {
        return new BrokerAccess(topics, internalTopics, joined(groups, group), transactionalIds);
    }

    /** This, and transactions whose ids begin with a name. */
    public BrokerAccess transacting(String prefix) {
        return new BrokerAccess(topics, internalTopics, groups, joined(transactionalIds, prefix));
    }

    private BrokerAccess with(AclOperation operation, String... names) {
        Map<String, Set<AclOperation>> more = new TreeMap<>(topics);
        for (String name : names) {
            Set<AclOperation> operations = new TreeSet<>(more.getOrDefault(name, Set.of()));
            operations.add(operation);
            more.put(name, operations);
        }
        return new BrokerAccess(more, internalTopics, groups, transactionalIds);
    }

    private static List<String> joined(List<String> names, String name) {
        List<String> more = new ArrayList<>(names);
        more.add(name);
        return more;
    }

    private static Map<String, Set<AclOperation>> copyOf(Map<String, Set<AclOperation>> topics) {
        Map<String, Set<AclOperation>> copy = new TreeMap<>();
        topics.forEach((topic, operations) -> copy.put(topic, Set.copyOf(operations)));
        return copy;
    }
}
