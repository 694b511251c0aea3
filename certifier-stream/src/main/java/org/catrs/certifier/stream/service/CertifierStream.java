// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.catrs.console.Health;
import org.catrs.schemas.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running Kafka Streams instance. */
final class CertifierStream {
    private static final Logger LOG = LoggerFactory.getLogger(CertifierStream.class);
    private static final Duration CLOSE_MARGIN = Duration.ofSeconds(30);

    /** A partition's lag is a metric that comes and goes with the partition; the default of a minute is late. */
    private static final Duration METRICS_REFRESH = Duration.ofSeconds(5);

    private static final long LOOK_SECONDS = 1;

    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private final ScheduledExecutorService metricsRefresher;
    private final ScheduledFuture<?> backlogLooks;
    private final double maxPollSeconds;

    private CertifierStream(
            KafkaStreams streams,
            KafkaStreamsMetrics metrics,
            ScheduledExecutorService metricsRefresher,
            ScheduledFuture<?> backlogLooks,
            double maxPollSeconds) {
        this.streams = streams;
        this.metrics = metrics;
        this.metricsRefresher = metricsRefresher;
        this.backlogLooks = backlogLooks;
        this.maxPollSeconds = maxPollSeconds;
    }

    /**
     * Starts to take part in the group.
     *
     * @param onError called when an error has stopped a thread, and with it the instance
     * @param earlyStop is told how many images wait
     */
    static CertifierStream start(
            Topology topology,
            StreamsConfig settings,
            MeterRegistry registry,
            Consumer<Throwable> onError,
            EarlyStop earlyStop) {
        KafkaStreams streams = new KafkaStreams(topology, settings);
        // Data is never given up for an error of the machine or the brokers: the next start goes on with it.
        streams.setUncaughtExceptionHandler(error -> {
            onError.accept(error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        streams.setStateListener((to, from) -> LOG.info("stream went from {} to {}", from, to));
        ScheduledExecutorService refresher =
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("streams-metrics"));
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams, Tags.empty(), refresher, METRICS_REFRESH);
        metrics.bindTo(registry);
        ScheduledFuture<?> looks = refresher.scheduleWithFixedDelay(
                () -> look(earlyStop, streams), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        streams.start();
        return new CertifierStream(streams, metrics, refresher, looks, maxPollSeconds(settings));
    }

    /** A look that fails must not be the last one. */
    private static void look(EarlyStop earlyStop, KafkaStreams streams) {
        try {
            earlyStop.look(streams.metrics());
        } catch (RuntimeException e) {
            LOG.warn("how many images wait is not known", e);
        }
    }

    Health health() {
        return StreamsHealth.of(streams, maxPollSeconds);
    }

    /**
     * Finishes the images at hand, commits them and leaves the group.
     *
     * @return whether all threads ended in time; otherwise they still use the model
     */
    boolean close(Duration slowestRecord) {
        LOG.info("finishing the images at hand");
        metrics.close();
        backlogLooks.cancel(false);
        metricsRefresher.shutdownNow();
        return streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(slowestRecord.plus(CLOSE_MARGIN)));
    }

    private static double maxPollSeconds(StreamsConfig settings) {
        Object millis = settings.getMainConsumerConfigs("", "", 0).get(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        return Integer.parseInt(String.valueOf(millis)) / 1000.0;
    }
}
