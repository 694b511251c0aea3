// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.stream.topology.AcceptedTimes;
import org.catrs.certifier.stream.topology.AnswerLimits;
import org.catrs.certifier.stream.topology.TopicLimits;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.program.service.Brokers;

/**
 * The topics of answers, and what they take, which may change at any time.
 *
 * @param topics the certifier's
 * @param settings of the stream whose producers send to them
 */
record AnswerTopics(TopicNames topics, StreamsConfig settings) {
    private static final Duration ALWAYS = Duration.ofMillis(Long.MAX_VALUE);

    /** What they take now. */
    AnswerLimits limits(Brokers brokers) {
        return new AnswerLimits(
                limits(brokers.topicConfig(topics.predictions()), settings),
                limits(brokers.topicConfig(topics.rejected()), settings));
    }

    /** @param config the topic's, in which Kafka's defaults may be missing */
    static TopicLimits limits(Map<String, String> config, StreamsConfig settings) {
        return new TopicLimits(
                StreamsSettings.maxRecordBytes(settings, maxMessageBytes(config)), times(config), isCompacted(config));
    }

    /** The largest batch of records that a topic takes, in bytes. */
    static int maxMessageBytes(Map<String, String> config) {
        return Integer.parseInt(config.getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "1048588"));
    }

    private static AcceptedTimes times(Map<String, String> config) {
        Duration taken = millis(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.MAX_VALUE);
        Duration retained = isDeleted(config)
                ? millis(
                        config,
                        TopicConfig.RETENTION_MS_CONFIG,
                        Duration.ofDays(7).toMillis())
                : ALWAYS;
        return new AcceptedTimes(
                !"LogAppendTime".equals(config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)),
                taken.compareTo(retained) < 0 ? taken : retained,
                millis(
                        config,
                        TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG,
                        Duration.ofHours(1).toMillis()));
    }

    private static Duration millis(Map<String, String> config, String key, long otherwise) {
        String given = config.get(key);
        long millis = given == null ? otherwise : Long.parseLong(given);
        return millis < 0 ? ALWAYS : Duration.ofMillis(millis);
    }

    private static boolean isDeleted(Map<String, String> config) {
        return has(config, TopicConfig.CLEANUP_POLICY_DELETE);
    }

    private static boolean isCompacted(Map<String, String> config) {
        return has(config, TopicConfig.CLEANUP_POLICY_COMPACT);
    }

    private static boolean has(Map<String, String> config, String policy) {
        String policies = config.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        return Arrays.asList(policies.split("\\s*,\\s*")).contains(policy);
    }
}
