// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.GroupProtocol;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.program.settings.KafkaKeys;
import org.catrs.program.settings.SettingProblems;

/** Kafka's settings among those that were given: which they are, and whether they will do. */
final class KafkaSettings {
    private static final List<String> PREFIXES = List.of(
            StreamsConfig.CONSUMER_PREFIX,
            StreamsConfig.MAIN_CONSUMER_PREFIX,
            StreamsConfig.RESTORE_CONSUMER_PREFIX,
            StreamsConfig.GLOBAL_CONSUMER_PREFIX,
            StreamsConfig.PRODUCER_PREFIX,
            StreamsConfig.ADMIN_CLIENT_PREFIX,
            StreamsConfig.CLIENT_TAG_PREFIX);

    private KafkaSettings() {}

    /** What is out of range, for Kafka or for the certifier. */
    static List<String> problems(Map<String, String> kafka) {
        List<String> problems = new ArrayList<>(SettingProblems.found(StreamsConfig.configDef(), kafka));
        String guarantee = kafka.getOrDefault(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        if (!guarantee.equals(StreamsConfig.EXACTLY_ONCE_V2)) {
            problems.add("Invalid value " + guarantee + " for configuration "
                    + StreamsConfig.PROCESSING_GUARANTEE_CONFIG + ": every image is answered exactly once, which needs "
                    + StreamsConfig.EXACTLY_ONCE_V2);
        }
        String protocol = kafka.getOrDefault(StreamsConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CLASSIC.name);
        if (!protocol.strip().equalsIgnoreCase(GroupProtocol.CLASSIC.name)) {
            problems.add("Invalid value " + protocol + " for configuration " + StreamsConfig.GROUP_PROTOCOL_CONFIG
                    + ": partitions with enough images at hand are paused, which needs " + GroupProtocol.CLASSIC.name);
        }
        String threads =
                kafka.getOrDefault(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "1").strip();
        if (threads.matches("0+|-\\d+")) {
            problems.add("Invalid value " + threads + " for configuration " + StreamsConfig.NUM_STREAM_THREADS_CONFIG
                    + ": Value must be at least 1");
        }
        String application = kafka.getOrDefault(StreamsConfig.APPLICATION_ID_CONFIG, "");
        if (!application.matches("[A-Za-z0-9._-]{1,200}")) {
            problems.add("Invalid value " + application + " for configuration " + StreamsConfig.APPLICATION_ID_CONFIG
                    + ": it begins names of topics and folders, and needs 1 to 200 of the letters a to z and A to Z, digits,"
                    + " dots, dashes and underscores");
        }
        return problems;
    }

    /** Whether Kafka knows a key, with a prefix or without one. */
    static boolean isKnown(String key) {
        String name = PREFIXES.stream()
                .filter(key::startsWith)
                .findFirst()
                .map(prefix -> key.substring(prefix.length()))
                .orElse(key);
        return key.startsWith(StreamsConfig.CLIENT_TAG_PREFIX)
                || StreamsConfig.configDef().names().contains(name)
                || KafkaKeys.isKnown(name);
    }
}
