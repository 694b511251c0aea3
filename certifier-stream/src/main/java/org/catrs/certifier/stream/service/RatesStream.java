// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.catrs.certifier.stream.rates.RatesOptions;
import org.catrs.certifier.stream.rates.RatesTopology;
import org.catrs.certifier.stream.rates.ShiftMeters;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.certifier.stream.topology.CertifierRegistry;
import org.catrs.program.service.BrokerAccess;
import org.catrs.program.service.Brokers;
import org.catrs.schemas.InvalidDataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream that tells rates and shifts, beside the one that certifies and by an application id of its own. Nothing that
 * goes wrong with it keeps an image from being certified.
 */
final class RatesStream implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RatesStream.class);

    private static final String SUFFIX = "-rates";

    /** A shift goes through two commits before it can be read. */
    private static final Duration COMMITS = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaStreams streams;

    private RatesStream(KafkaStreams streams) {
        this.streams = streams;
    }

    /** Starts it; empty where it is switched off, or cannot be used, of which the log tells. */
    static Optional<RatesStream> start(CertifierConfig config, CertifierRegistry certifiers, MeterRegistry registry) {
        RatesOptions options = config.rates();
        if (options == null) {
            return Optional.empty();
        }
        Topology topology = new RatesTopology(
                        config.topics(),
                        options,
                        config.schemaRegistry(),
                        certifiers.defaultName(),
                        name -> certifiers.model(name).isPresent(),
                        new ShiftMeters(registry))
                .get();
        try (Brokers brokers =
                Brokers.connect(new StreamsConfig(config.kafka()).getAdminConfigs("catrs-rates-start"))) {
            brokers.require(access(config, options, topology));
            return Optional.of(new RatesStream(begin(topology, settings(config.kafka()))));
        } catch (InvalidDataException | KafkaException e) {
            LOG.warn("rates and shifts are not told: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private static KafkaStreams begin(Topology topology, StreamsConfig settings) {
        KafkaStreams streams = new KafkaStreams(topology, settings);
        streams.setUncaughtExceptionHandler(error -> {
            LOG.error("an error stops what tells rates and shifts until the service is started again", error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((to, from) -> LOG.info("stream of rates went from {} to {}", from, to));
        streams.start();
        return streams;
    }

    /** Topics that Kafka Streams makes are named after the stores and steps that they are for. */
    private static BrokerAccess access(CertifierConfig config, RatesOptions options, Topology topology) {
        String id = config.applicationId() + SUFFIX;
        BrokerAccess access = BrokerAccess.none()
                .reading(config.topics().predictions(), config.topics().rejected())
                .writing(options.ratesTopic(), options.shiftsTopic())
                .joining(id)
                .transacting(id);
        for (TopologyDescription.Subtopology part : topology.describe().subtopologies()) {
            for (TopologyDescription.Node node : part.nodes()) {
                if (node instanceof TopologyDescription.Processor processor) {
                    for (String store : processor.stores()) {
                        access = access.making(id + "-" + store + "-changelog", AclOperation.READ, AclOperation.WRITE);
                    }
                } else if (node instanceof TopologyDescription.Sink sink
                        && sink.topic() != null
                        && sink.topic().endsWith("-repartition")) {
                    access = access.making(
                            id + "-" + sink.topic(), AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE);
                }
            }
        }
        return access;
    }

    /** The service's own settings of Kafka, but for those that belong to the stream that certifies. */
    static StreamsConfig settings(Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(StreamsConfig.STATE_DIR_CONFIG, privateDirectory());
        settings.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, StreamsSettings.OUTAGE.toMillis());
        settings.putAll(kafka);
        settings.remove(CommonClientConfigs.GROUP_INSTANCE_ID_CONFIG);
        settings.computeIfPresent(StreamsConfig.CLIENT_ID_CONFIG, (key, id) -> id + SUFFIX);
        settings.computeIfPresent(StreamsConfig.APPLICATION_ID_CONFIG, (key, id) -> id + SUFFIX);
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.remove(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMITS.toMillis());
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        return new StreamsConfig(settings);
    }

    /** Stores are in memory and kept by the brokers; only the instance's id is written here. */
    private static String privateDirectory() {
        return Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "catrs-rates-" + ProcessHandle.current().pid())
                .toString();
    }

    @Override
    public void close() {
        boolean hasEnded =
                streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(PATIENCE));
        if (!hasEnded) {
            LOG.warn(
                    "the stream of rates did not end within {} s; what it had not committed is told after the next start",
                    PATIENCE.toSeconds());
        }
    }
}
