// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.junit.jupiter.api.Test;

final class StreamsSettingsTest {
    private static final Map<String, String> REQUIRED =
            Map.of("model", "folder", "bootstrap.servers", "localhost:9092");

    @Test
    void shouldKeepTransactionsShortAndFindOutSoonWhatIsGone() {
        StreamsConfig settings = StreamsSettings.of(CertifierConfig.of(REQUIRED), 2, 1_000_000);
        assertThat(settings.getInt("num.stream.threads")).isEqualTo(2);
        assertThat(settings.getString("processing.guarantee")).isEqualTo("exactly_once_v2");
        assertThat(settings.getInt("buffered.records.per.partition")).isEqualTo(8);
        assertThat(settings.getLong("commit.interval.ms")).isEqualTo(100);
        assertThat(settings.getString("state.dir"))
                .endsWith("catrs-certifier-" + ProcessHandle.current().pid());
        assertThat(settings.getProducerConfigs("p"))
                .containsEntry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 5_000)
                .containsEntry(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 1_000_000);
        assertThat(settings.getMainConsumerConfigs("g", "c", 0))
                .containsEntry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000)
                .containsEntry(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000)
                .containsEntry(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000)
                .containsEntry(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 8);
    }

    @Test
    void shouldNotHaveMoreThreadsThanAreNeededToTakeImages() {
        assertThat(StreamsSettings.of(CertifierConfig.of(REQUIRED), 64, 1_000_000)
                        .getInt("num.stream.threads"))
                .isEqualTo(4);
    }

    @Test
    void shouldLetTheUsersSettingsWinWithAndWithoutPrefix() {
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.putAll(Map.of(
                "consumer.session.timeout.ms", "6000",
                "max.poll.interval.ms", "400000",
                "producer.transaction.timeout.ms", "20000",
                "num.stream.threads", "1"));
        StreamsConfig settings = StreamsSettings.of(CertifierConfig.of(properties), 4, 1_000_000);
        assertThat(settings.getInt("num.stream.threads")).isEqualTo(1);
        assertThat(settings.getProducerConfigs("p")).containsEntry(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, "20000");
        assertThat(settings.getMainConsumerConfigs("g", "c", 0))
                .containsEntry(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, "6000")
                .containsEntry(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, "400000");
    }

    @Test
    void shouldNotSendMoreThanTheProducerTakes() {
        Map<String, String> properties = new HashMap<>(REQUIRED);
        StreamsConfig settings = StreamsSettings.of(CertifierConfig.of(properties), 1, 1_000_000);
        assertThat(StreamsSettings.maxRecordBytes(settings, 1_000_000)).isEqualTo(1_000_000);
        properties.put("producer.max.request.size", "50000");
        StreamsConfig smaller = StreamsSettings.of(CertifierConfig.of(properties), 1, 1_000_000);
        assertThat(StreamsSettings.maxRecordBytes(smaller, 1_000_000)).isEqualTo(50_000);
    }
}
