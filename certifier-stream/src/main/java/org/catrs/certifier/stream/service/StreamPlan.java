// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.stream.release.ReleaseOptions;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.certifier.stream.topology.AnswerLimits;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.program.service.BrokerAccess;
import org.catrs.program.service.Brokers;
import org.catrs.program.service.WritableFolder;

/**
 * How the stream will run, from the configuration and the topics as they are.
 *
 * @param settings Kafka Streams'
 * @param limits what the topics of answers take
 * @param topicIds of images and answers, which tell a topic from one that is made again
 */
public record StreamPlan(StreamsConfig settings, AnswerLimits limits, Map<String, Uuid> topicIds) {
    /**
     * Asks the brokers for the topics.
     *
     * @throws org.catrs.schemas.InvalidDataException when no broker answers, or a topic or a right is missing
     */
    public static StreamPlan of(CertifierConfig config) {
        TopicNames topics = config.topics();
        try (Brokers brokers = connect(config, "catrs-start")) {
            brokers.require(access(config));
            int largest = Math.max(
                    AnswerTopics.maxMessageBytes(brokers.topicConfig(topics.predictions())),
                    AnswerTopics.maxMessageBytes(brokers.topicConfig(topics.rejected())));
            StreamsConfig settings = StreamsSettings.of(config, brokers.partitions(topics.images()), largest);
            WritableFolder.require(
                    Path.of(settings.getString(StreamsConfig.STATE_DIR_CONFIG)), StreamsConfig.STATE_DIR_CONFIG);
            return new StreamPlan(
                    settings, new AnswerTopics(topics, settings).limits(brokers), brokers.topicIds(topics.all()));
        }
    }

    private static BrokerAccess access(CertifierConfig config) {
        TopicNames topics = config.topics();
        BrokerAccess certifying = BrokerAccess.none()
                .reading(topics.images())
                .writing(topics.predictions(), topics.rejected())
                .joining(config.applicationId())
                .joining(config.applicationId() + LiveInstances.GROUP_SUFFIX)
                .transacting(config.applicationId());
        if (!config.servesReleases()) {
            return certifying;
        }
        ReleaseOptions releases = config.releases();
        return certifying.reading(releases.topic()).writing(releases.statusTopic());
    }

    /** @param client name that the brokers know the connection by */
    static Brokers connect(CertifierConfig config, String client) {
        return Brokers.connect(new StreamsConfig(config.kafka()).getAdminConfigs(client));
    }

    /** The group that the instances form. */
    String group() {
        return settings.getString(StreamsConfig.APPLICATION_ID_CONFIG);
    }

    /** Number of threads that take images and send answers. */
    int threads() {
        return settings.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG);
    }

    /** Time after which a thread that has not asked for images is taken for stuck. */
    Duration maxPoll() {
        return consumerTime(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
    }

    /** Time after which the brokers give a thread's partitions to others when they have not heard of it. */
    Duration session() {
        return consumerTime(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
    }

    private Duration consumerTime(String key) {
        Object millis = settings.getMainConsumerConfigs("", "", 0).get(key);
        return Duration.ofMillis(Integer.parseInt(String.valueOf(millis)));
    }
}
