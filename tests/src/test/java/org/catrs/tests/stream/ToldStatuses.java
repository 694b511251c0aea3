// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.topic.Topics;

/** What certifiers tell of releases. Each wait looks only at what was told after the one before it. */
final class ToldStatuses implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CommittedRecords records;
    private final Deserializer<ModelStatus> deserializer = EventSerdes.deserializer(ModelStatus.class, null);
    private final List<ModelStatus> statuses = new ArrayList<>();
    private int seen;

    ToldStatuses(String bootstrapServers) {
        records = new CommittedRecords(bootstrapServers, Topics.MODEL_STATUS);
    }

    /** Waits until it is told that a version is in a state. */
    ModelStatus await(ModelStatus.State state, String name, int version) {
        return await(status -> status.state() == state
                && status.name().equals(name)
                && Integer.toString(version).equals(status.version()));
    }

    ModelStatus awaitRetired(String name) {
        return await(status ->
                status.state() == ModelStatus.State.RETIRED && status.name().equals(name));
    }

    ModelStatus await(Predicate<ModelStatus> condition) {
        records.pollUntil(
                LIMIT, told -> read(told).subList(seen, told.size()).stream().anyMatch(condition));
        while (!condition.test(statuses.get(seen))) {
            seen++;
        }
        return statuses.get(seen++);
    }

    /** All that was told up to now. */
    List<ModelStatus> all() {
        return List.copyOf(read(records.poll()));
    }

    private List<ModelStatus> read(List<ConsumerRecord<String, byte[]>> told) {
        for (ConsumerRecord<String, byte[]> one : told.subList(statuses.size(), told.size())) {
            statuses.add(deserializer.deserialize(one.topic(), one.value()));
        }
        return statuses;
    }

    @Override
    public void close() {
        records.close();
    }
}
