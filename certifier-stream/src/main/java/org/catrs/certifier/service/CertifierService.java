// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.service;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.StreamsConfig;
import org.catrs.certifier.model.ServedModel;
import org.catrs.certifier.outcome.CertifiedPredictions;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.topology.CertificationTopology;
import org.catrs.certifier.topology.CertifierMeters;
import org.catrs.certifier.topology.CertifierRegistry;
import org.catrs.certifier.topology.ImageCertifier;
import org.catrs.certifier.topology.TopicNames;
import org.catrs.schemas.service.Brokers;
import org.catrs.schemas.service.Console;
import org.catrs.schemas.service.Health;
import org.catrs.schemas.service.MachineMetrics;
import org.catrs.schemas.signature.SigningKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certifier as a running service: a model, a stream and a console. */
public final class CertifierService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertifierService.class);

    private final CertifierConfig config;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CertifierMeters meters = new CertifierMeters(registry);
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    /** What has been opened; the last is closed first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private volatile @Nullable CertifierStream stream;

    private CertifierService(CertifierConfig config) {
        this.config = config;
    }

    /**
     * Starts the service; returns when it takes part in its group, which is before its first image.
     *
     * @throws org.catrs.schemas.InvalidDataException when the model, the brokers, the topics or the console's address
     *     cannot be used
     */
    public static CertifierService start(CertifierConfig config) {
        CertifierService service = new CertifierService(config);
        try {
            service.start();
            return service;
        } catch (RuntimeException e) {
            service.close();
            throw e;
        }
    }

    /** Waits until the service ends: 0 when it was closed, 1 when an error stopped it. */
    public int awaitEnd() {
        int code = exitCode.join();
        close();
        return code;
    }

    /** Finishes the images at hand, leaves the group and frees everything. Closing again does nothing. */
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.error("a part of the service was not closed", e);
                exitCode.complete(1);
            }
        }
        exitCode.complete(0);
    }

    private void start() {
        config.unknownKeys().forEach(key -> LOG.warn("unknown setting {}: neither catrs nor Kafka has it", key));
        opened.push(registry::close);
        opened.push(MachineMetrics.bindTo(registry));
        Console console = Console.start(
                "catrs certifier", new InetSocketAddress(config.httpHost(), config.httpPort()), registry, this::health);
        opened.push(console);
        LOG.atInfo().addKeyValue("port", console.port()).log("metrics and health are served");
        ServedModel model = ServedModel.open(config.model(), config.modelOptions());
        CertifierRegistry certifiers = new CertifierRegistry(model.identity().name(), meters);
        opened.push(certifiers);
        SmoothingParameters parameters = config.parameters(model.sigma());
        ImageCertifier certifier = new ImageCertifier(
                model.classifier(), CertifiedPredictions.by(model), parameters, config.limits(), meters);
        certifiers.put(certifier, model::close);
        startStream(certifiers, certifier, parameters);
        tellOfSigning();
        LOG.atInfo()
                .addKeyValue("model", model.identity())
                .addKeyValue("engine", model.engine())
                .addKeyValue("parameters", parameters)
                .addKeyValue("topics", config.topics())
                .log("service started");
    }

    private void startStream(CertifierRegistry certifiers, ImageCertifier certifier, SmoothingParameters parameters) {
        TopicNames topics = config.topics();
        StreamsConfig settings;
        int maxRejectedBytes;
        try (Brokers brokers = Brokers.connect(new StreamsConfig(config.kafka()).getAdminConfigs("catrs-start"))) {
            brokers.requireTopics(List.of(topics.images(), topics.predictions(), topics.rejected()));
            int topicsLimit = brokers.maxMessageBytes(topics.rejected());
            settings = StreamsSettings.of(config, brokers.partitions(topics.images()), topicsLimit);
            maxRejectedBytes = StreamsSettings.maxRecordBytes(settings, topicsLimit);
        }
        WarmUp.run(certifier, parameters, settings, config.slowestRecord());
        CertificationTopology topology =
                new CertificationTopology(topics, certifiers, config.predictions(), maxRejectedBytes, meters);
        CertifierStream started = CertifierStream.start(topology.get(), settings, registry, this::stopForError);
        opened.push(() -> close(started));
        stream = started;
    }

    private void tellOfSigning() {
        Path key = config.signingKey();
        if (key != null) {
            SigningKey.exposure(key).ifPresent(LOG::warn);
            LOG.atInfo().addKeyValue("signingKey", SigningKey.read(key).keyId()).log("predictions are signed");
        }
    }

    private void stopForError(Throwable error) {
        LOG.error("an error stops the service; the images at hand stay unanswered until it is started again", error);
        exitCode.complete(1);
    }

    private void close(CertifierStream started) {
        if (!started.close(config.slowestRecord())) {
            LOG.error("the images at hand were not finished in time; they are certified again after the next start");
            // Threads still use what was opened before.
            opened.clear();
            exitCode.complete(1);
        }
    }

    private Health health() {
        CertifierStream started = stream;
        return started == null ? new Health(true, false, "CREATED", "the model is being made ready") : started.health();
    }
}
