// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.catrs.certifier.stream.held.ImagesAtHand;
import org.catrs.certifier.stream.held.Transactions;
import org.catrs.console.ServiceMetric;
import org.jspecify.annotations.Nullable;

/**
 * How the stream of an instance is. Of Kafka's own metrics it shows what is looked at, over all of the instance's clients,
 * whose names are new after each start. Everything is there from the start, and 0 while no stream runs.
 */
public final class StreamMeters {
    private static final String TOPIC_TAG = "topic";
    private static final double MILLIS = 1_000;

    private volatile @Nullable Running running;

    public StreamMeters(MeterRegistry registry) {
        gauge(registry, ServiceMetric.LAG_IMAGES, Running::lag);
        gauge(registry, ServiceMetric.PARTITIONS, Running::partitions);
        gauge(registry, ServiceMetric.STREAM_THREADS, Running::threads);
        gauge(registry, ServiceMetric.POLL_GAP, Running::pollGap);
        count(registry, ServiceMetric.REBALANCES, Running::rebalances);
        count(registry, ServiceMetric.TRANSACTIONS_COMMITTED, stream -> stream.transactions().committed());
        count(registry, ServiceMetric.TRANSACTIONS_ABORTED, stream -> stream.transactions().aborted());
    }

    private void gauge(MeterRegistry registry, ServiceMetric metric, ToDoubleFunction<Running> value) {
        metric.gauge(registry, () -> value(value));
    }

    private void count(MeterRegistry registry, ServiceMetric metric, ToDoubleFunction<Running> value) {
        metric.counter(registry, this, meters -> meters.value(value));
    }

    private double value(ToDoubleFunction<Running> value) {
        Running stream = running;
        return stream == null ? 0 : value.applyAsDouble(stream);
    }

    /**
     * Shows a stream from now on.
     *
     * @param topic of its images
     * @param images that it has at hand
     * @param transactions of its answers
     */
    void show(KafkaStreams streams, String topic, ImagesAtHand images, Transactions transactions) {
        running = new Running(streams, topic, images, transactions);
    }

    private record Running(KafkaStreams streams, String topic, ImagesAtHand images, Transactions transactions) {
        double lag() {
            return values("records-lag", topic).filter(lag -> lag > 0).sum() + images.images();
        }

        double partitions() {
            return streams.metadataForLocalThreads().stream()
                    .flatMap(thread -> thread.activeTasks().stream())
                    .flatMap(task -> task.topicPartitions().stream())
                    .filter(partition -> partition.topic().equals(topic))
                    .count();
        }

        double threads() {
            return streams.metadataForLocalThreads().stream()
                    .map(ThreadMetadata::threadState)
                    .filter(state -> !state.equals("DEAD"))
                    .count();
        }

        double pollGap() {
            return values("time-between-poll-max", null).max().orElse(0) / MILLIS;
        }

        double rebalances() {
            return values("rebalance-total", null).sum();
        }

        /** The values of a metric of all clients; of a topic, where one is given. */
        private DoubleStream values(String name, @Nullable String of) {
            return streams.metrics().values().stream()
                    .filter(metric -> metric.metricName().name().equals(name))
                    .filter(metric -> of == null
                            || of.equals(metric.metricName().tags().get(TOPIC_TAG)))
                    .map(metric -> metric.metricValue())
                    .filter(Double.class::isInstance)
                    .mapToDouble(value -> (Double) value)
                    .filter(value -> !Double.isNaN(value));
        }
    }
}
