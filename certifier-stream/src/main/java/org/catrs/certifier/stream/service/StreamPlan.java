// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.program.service.Brokers;

/**
 * How the stream will run, from the configuration and the topics as they are.
 *
 * @param settings Kafka Streams'
 * @param maxRejectedBytes largest batch of records that may be sent to the topic of rejected images
 */
record StreamPlan(StreamsConfig settings, int maxRejectedBytes) {
    /**
     * Asks the brokers for the topics.
     *
     * @param furtherTopics topics that are needed beside the stream's own
     * @throws org.catrs.schemas.InvalidDataException when no broker answers, or a topic is missing
     */
    static StreamPlan of(CertifierConfig config, List<String> furtherTopics) {
        TopicNames topics = config.topics();
        List<String> needed = new ArrayList<>(List.of(topics.images(), topics.predictions(), topics.rejected()));
        needed.addAll(furtherTopics);
        try (Brokers brokers = Brokers.connect(new StreamsConfig(config.kafka()).getAdminConfigs("catrs-start"))) {
            brokers.requireTopics(needed);
            int topicsLimit = brokers.maxMessageBytes(topics.rejected());
            StreamsConfig settings = StreamsSettings.of(config, brokers.partitions(topics.images()), topicsLimit);
            return new StreamPlan(settings, StreamsSettings.maxRecordBytes(settings, topicsLimit));
        }
    }

    int threads() {
        return settings.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
    }
}
