// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.catrs.certifier.stream.held.ImagesAtHand;
import org.catrs.console.Health;
import org.jspecify.annotations.Nullable;

/**
 * Judges the health of running streams.
 *
 * @param brokers how they and the topics are
 * @param threads number of stream threads that there should be
 * @param maxPoll time after which a thread that has not asked for images is stuck
 * @param session time after which the brokers take a thread for dead that they have not heard of
 * @param stall time after which a partition that answers nothing, though it has images at hand, is at a standstill
 */
record StreamsHealth(
        KafkaStreams streams,
        ImagesAtHand images,
        BrokerWatch brokers,
        int threads,
        Duration maxPoll,
        Duration session,
        Duration stall) {
    private static final String LAST_POLL = "last-poll-seconds-ago";
    private static final String LAST_HEARTBEAT = "last-heartbeat-seconds-ago";

    /** The health now. */
    Health now() {
        KafkaStreams.State state = streams.state();
        boolean hasEnded = switch (state) {
            case PENDING_ERROR, ERROR, NOT_RUNNING -> true;
            case CREATED, REBALANCING, RUNNING, PENDING_SHUTDOWN -> false;
        };
        String dead = state.isRunningOrRebalancing() ? dead() : null;
        String trouble = trouble(state);
        return new Health(
                !hasEnded && dead == null,
                state == KafkaStreams.State.RUNNING && trouble == null,
                state.name(),
                trouble != null ? trouble : detail(state));
    }

    /** What keeps images from being answered, beyond what belongs to a stream's course; null for nothing. */
    @Nullable
    String trouble() {
        return trouble(streams.state());
    }

    private @Nullable String trouble(KafkaStreams.State state) {
        if (!state.isRunningOrRebalancing()) {
            return null;
        }
        String dead = dead();
        if (dead != null) {
            return dead;
        }
        String away = away();
        if (away != null) {
            return away;
        }
        return state == KafkaStreams.State.RUNNING ? standstill() : null;
    }

    /** What only a restart mends. */
    private @Nullable String dead() {
        long alive = streams.metadataForLocalThreads().stream()
                .filter(StreamsHealth::isAlive)
                .count();
        if (alive < threads) {
            return "%d of %d threads are gone; the log says why".formatted(threads - alive, threads);
        }
        double silence = longest(LAST_POLL);
        return silence > seconds(maxPoll)
                ? "a thread has not asked for images for %.0f seconds".formatted(silence)
                : null;
    }

    /** What is missing of brokers and topics, and may come back. */
    private @Nullable String away() {
        double unheard = Math.max(seconds(brokers.unreached()), Math.max(longest(LAST_HEARTBEAT), longest(LAST_POLL)));
        return unheard > seconds(session)
                ? "the brokers have not been reached for %.0f seconds".formatted(unheard)
                : brokers.problem();
    }

    private @Nullable String standstill() {
        double standstill = seconds(images.standstill());
        return standstill > seconds(stall)
                ? ("a partition has answered nothing for %.0f seconds, though it has images at hand: is an image too slow,"
                                + " or do the brokers refuse the answers?")
                        .formatted(standstill)
                : null;
    }

    private static String detail(KafkaStreams.State state) {
        return switch (state) {
            case CREATED, REBALANCING -> "images are being assigned";
            case RUNNING -> "images are certified as they come";
            case PENDING_SHUTDOWN -> "the group is being left";
            case PENDING_ERROR, ERROR -> "stopped by an error; the log says which";
            case NOT_RUNNING -> "stopped";
        };
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    /** Of the consumers of threads that live: those of one that was replaced are told of for ever. */
    private double longest(String name) {
        Set<String> consumers = streams.metadataForLocalThreads().stream()
                .filter(StreamsHealth::isAlive)
                .map(ThreadMetadata::consumerClientId)
                .collect(Collectors.toSet());
        Map<MetricName, ? extends Metric> metrics = streams.metrics();
        return metrics.values().stream()
                .filter(metric -> metric.metricName().name().equals(name))
                .filter(metric -> consumers.contains(metric.metricName().tags().getOrDefault("client-id", "")))
                .flatMap(metric -> metric.metricValue() instanceof Double seconds ? Stream.of(seconds) : Stream.empty())
                .max(Comparator.naturalOrder())
                .orElse(0.0);
    }

    private static boolean isAlive(ThreadMetadata thread) {
        return !thread.threadState().equals("DEAD");
    }
}
