// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.service;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.catrs.certifier.broker.Brokers;
import org.catrs.certifier.console.Console;
import org.catrs.certifier.console.Health;
import org.catrs.certifier.model.ServedModel;
import org.catrs.certifier.outcome.CertifiedPredictions;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.topology.CertificationTopology;
import org.catrs.certifier.topology.CertifierMeters;
import org.catrs.certifier.topology.ImageCertifier;
import org.catrs.certifier.topology.TopicNames;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The certifier as a running service: a model, a stream and a console. */
public final class CertifierService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertifierService.class);
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(30);

    /** A partition's lag is a metric that comes and goes with the partition; the default of a minute is late. */
    private static final Duration STREAMS_METRICS_REFRESH = Duration.ofSeconds(5);

    private final CertifierConfig config;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    /** What has been opened; the last is closed first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private volatile @Nullable KafkaStreams streams;
    private volatile double maxPollSeconds;

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
        bindMachineMetrics();
        CertifierMeters meters = new CertifierMeters(registry);
        Console console =
                Console.start(new InetSocketAddress(config.httpHost(), config.httpPort()), registry, this::health);
        opened.push(console);
        LOG.atInfo().addKeyValue("port", console.port()).log("metrics and health are served");
        ServedModel model = ServedModel.open(config.model(), config.modelOptions());
        opened.push(model);
        SmoothingParameters parameters = config.parameters(model.sigma());
        ImageCertifier certifier = new ImageCertifier(
                model.classifier(), CertifiedPredictions.by(model), parameters, config.limits(), meters);
        startStreams(certifier, parameters, meters);
        meters.model(model.identity(), model.engine());
        LOG.atInfo()
                .addKeyValue("model", model.identity())
                .addKeyValue("engine", model.engine())
                .addKeyValue("parameters", parameters)
                .addKeyValue("topics", config.topics())
                .log("service started");
    }

    private void startStreams(ImageCertifier certifier, SmoothingParameters parameters, CertifierMeters meters) {
        TopicNames topics = config.topics();
        int partitions;
        int maxRejectedBytes;
        try (Brokers brokers = Brokers.connect(new StreamsConfig(config.kafka()).getAdminConfigs("catrs-start"))) {
            brokers.requireTopics(List.of(topics.images(), topics.predictions(), topics.rejected()));
            partitions = brokers.partitions(topics.images());
            maxRejectedBytes = brokers.maxMessageBytes(topics.rejected());
        }
        StreamsConfig settings = StreamsSettings.of(config, partitions, maxRejectedBytes);
        WarmUp.run(
                certifier,
                parameters,
                settings.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG),
                config.slowestRecord());
        KafkaStreams created = new KafkaStreams(
                new CertificationTopology(topics, certifier, config.predictions(), maxRejectedBytes, meters).get(),
                settings);
        opened.push(() -> close(created));
        created.setUncaughtExceptionHandler(this::stopForError);
        created.setStateListener((to, from) -> LOG.info("stream went from {} to {}", from, to));
        bindStreamsMetrics(created);
        created.start();
        maxPollSeconds = maxPollSeconds(settings);
        streams = created;
    }

    private void bindStreamsMetrics(KafkaStreams created) {
        ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "streams-metrics");
            thread.setDaemon(true);
            return thread;
        });
        opened.push(refresher::shutdownNow);
        KafkaStreamsMetrics metrics =
                new KafkaStreamsMetrics(created, Tags.empty(), refresher, STREAMS_METRICS_REFRESH);
        metrics.bindTo(registry);
        opened.push(metrics);
    }

    /** Data is never given up for an error of the machine or the brokers: whoever restarts the service goes on with it. */
    private StreamThreadExceptionResponse stopForError(Throwable error) {
        LOG.error("an error stops the service; the image at hand stays unanswered until it is started again", error);
        exitCode.complete(1);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private void bindMachineMetrics() {
        JvmGcMetrics garbageCollection = new JvmGcMetrics();
        garbageCollection.bindTo(registry);
        opened.push(garbageCollection);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
    }

    private Health health() {
        KafkaStreams running = streams;
        return running == null
                ? new Health(true, false, KafkaStreams.State.CREATED.name(), "the model is being made ready")
                : StreamsHealth.of(running, maxPollSeconds);
    }

    private void close(KafkaStreams running) {
        LOG.info("finishing the images at hand");
        CloseOptions leave = CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(config.slowestRecord().plus(CLOSE_MARGIN));
        if (!running.close(leave)) {
            LOG.error("the images at hand were not finished in time; they are certified again after the next start");
            // Threads still use what was opened before.
            opened.clear();
            exitCode.complete(1);
        }
    }

    private static double maxPollSeconds(StreamsConfig settings) {
        Object millis = settings.getMainConsumerConfigs("", "", 0).get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        return Integer.parseInt(String.valueOf(millis)) / 1000.0;
    }
}
