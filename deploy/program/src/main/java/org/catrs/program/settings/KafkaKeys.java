// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The names of the settings of Kafka's clients. */
public final class KafkaKeys {
    private static final List<String> PREFIXES = List.of("consumer.", "producer.", "admin.");

    private KafkaKeys() {}

    /** Whether a client has a setting of a name; it may be meant for one of them, as {@code consumer.fetch.min.bytes}. */
    public static boolean isKnown(String key) {
        String name = PREFIXES.stream()
                .filter(key::startsWith)
                .findFirst()
                .map(prefix -> key.substring(prefix.length()))
                .orElse(key);
        return Stream.of(ConsumerConfig.configNames(), ProducerConfig.configNames(), AdminClientConfig.configNames())
                .anyMatch(names -> names.contains(name));
    }
}
