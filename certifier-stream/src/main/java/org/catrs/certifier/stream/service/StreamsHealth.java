// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.catrs.console.Health;

/** Judges the health of the service by its stream threads. */
final class StreamsHealth {
    private static final String LAST_POLL = "last-poll-seconds-ago";

    private StreamsHealth() {}

    /**
     * The health of running streams.
     *
     * @param maxPollSeconds time after which a thread that has not asked for images is stuck
     */
    static Health of(KafkaStreams streams, double maxPollSeconds) {
        KafkaStreams.State state = streams.state();
        double silence = longestSilence(streams.metrics());
        boolean stuck = silence > maxPollSeconds;
        boolean ended = switch (state) {
            case PENDING_ERROR, ERROR, NOT_RUNNING -> true;
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> false;
        };
        String detail = stuck
                ? "a thread has not asked for images for %.0f seconds".formatted(silence)
                : switch (state) {
                    case CREATED, REBALANCING -> "images are being assigned";
                    case RUNNING -> "images are certified as they come";
                    case PENDING_SHUTDOWN -> "the images at hand are being finished";
                    case PENDING_ERROR, ERROR -> "stopped by an error; the log says which";
                    case NOT_RUNNING -> "stopped";
                };
        return new Health(!ended && !stuck, state == KafkaStreams.State.RUNNING && !stuck, state.name(), detail);
    }

    private static double longestSilence(Map<MetricName, ? extends Metric> metrics) {
        return metrics.values().stream()
                .filter(metric -> metric.metricName().name().equals(LAST_POLL))
                .filter(metric -> !metric.metricName()
                        .tags()
                        .getOrDefault("client-id", "")
                        .endsWith("-restore-consumer"))
                .flatMap(metric -> metric.metricValue() instanceof Double seconds ? Stream.of(seconds) : Stream.empty())
                .max(Comparator.naturalOrder())
                .orElse(0.0);
    }
}
