// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.stream.topology.AcceptedTimes;
import org.catrs.certifier.stream.topology.TopicLimits;
import org.junit.jupiter.api.Test;

/** Names and defaults: the topic configurations of Apache Kafka 4.3's documentation. */
final class AnswerTopicsTest {
    private static final Duration CENTURY = Duration.ofDays(36_525);
    private static final StreamsConfig SETTINGS = new StreamsConfig(
            Map.of("application.id", "catrs", "bootstrap.servers", "localhost:9092", "max.request.size", 2_000_000));

    @Test
    void shouldTakeKafkasDefaultsForWhatItMayNotRead() {
        assertThat(limits(Map.of()))
                .isEqualTo(new TopicLimits(
                        1_048_588, new AcceptedTimes(true, Duration.ofDays(7), Duration.ofHours(1)), false));
    }

    @Test
    void shouldTakeTheSmallerOfWhatIsAcceptedAndWhatIsRetained() {
        assertThat(limits(Map.of("message.timestamp.before.max.ms", "5000", "retention.ms", "9000"))
                        .times()
                        .past())
                .hasSeconds(5);
        assertThat(limits(Map.of("retention.ms", "9000")).times().past()).hasSeconds(9);
        assertThat(limits(Map.of("retention.ms", "-1")).times().past()).isEqualTo(CENTURY);
        assertThat(limits(Map.of("retention.ms", "9000", "cleanup.policy", "compact"))
                        .times()
                        .past())
                .isEqualTo(CENTURY);
    }

    @Test
    void shouldKnowTopicsThatHaveTimesOfTheirOwnAndThoseThatNeedKeys() {
        assertThat(limits(Map.of("message.timestamp.type", "LogAppendTime"))
                        .times()
                        .isKept())
                .isFalse();
        TopicLimits both = limits(Map.of("cleanup.policy", "compact, delete", "retention.ms", "9000"));
        assertThat(both.needsKeys()).isTrue();
        assertThat(both.times().past()).hasSeconds(9);
    }

    @Test
    void shouldTakeTheSmallerOfWhatTheTopicTakesAndTheProducerSends() {
        assertThat(limits(Map.of("max.message.bytes", "3000000")).bytes()).isEqualTo(2_000_000);
        assertThat(limits(Map.of("max.message.bytes", "3000")).bytes()).isEqualTo(3_000);
    }

    private static TopicLimits limits(Map<String, String> config) {
        return AnswerTopics.limits(config, SETTINGS);
    }
}
