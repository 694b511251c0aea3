// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Configurable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each member of a group what all others say of themselves, where Kafka's assignors tell which partitions are whose.
 * There is nothing to assign: the group is there to know who lives.
 */
public final class AnnouncementExchange implements ConsumerPartitionAssignor, Configurable {
    /** Consumer setting that has the {@link Party}. */
    static final String PARTY = "catrs.party";

    private static final Logger LOG = LoggerFactory.getLogger(AnnouncementExchange.class);

    private Party party = new Party(() -> ByteBuffer.allocate(0), heard -> {});

    /** For Kafka, which configures it afterwards. */
    public AnnouncementExchange() {}

    @Override
    public String name() {
        return "catrs-announcements";
    }

    @Override
    public void configure(Map<String, ?> settings) {
        if (settings.get(PARTY) instanceof Party given) {
            party = given;
        }
    }

    @Override
    public ByteBuffer subscriptionUserData(Set<String> topics) {
        return party.said().get();
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription subscriptions) {
        List<Announcement> all = new ArrayList<>();
        subscriptions.groupSubscription().values().forEach(member -> all.addAll(readable(member.userData())));
        Map<String, Assignment> assignments = new HashMap<>();
        subscriptions
                .groupSubscription()
                .keySet()
                .forEach(member -> assignments.put(member, new Assignment(List.of(), Announcement.write(all))));
        return new GroupAssignment(assignments);
    }

    @Override
    public void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {
        party.heard().accept(readable(assignment.userData()));
    }

    /** Another version's instance must not keep this one from living. */
    private static List<Announcement> readable(ByteBuffer written) {
        try {
            return written == null ? List.of() : Announcement.read(written);
        } catch (UncheckedIOException e) {
            LOG.warn("an instance is not compared with this one", e);
            return List.of();
        }
    }

    /**
     * Who takes part.
     *
     * @param said gives what this instance says of itself
     * @param heard is told what all say, this one included
     */
    record Party(Supplier<ByteBuffer> said, Consumer<List<Announcement>> heard) {}
}
