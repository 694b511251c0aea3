// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.AuthorizationException;
import org.catrs.certifier.stream.topology.AnswerLimits;
import org.catrs.certifier.stream.topology.CertifierMeters;
import org.catrs.program.service.Brokers;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the brokers every two seconds how the topics are, while the stream runs: whether they are there, whether they are
 * still the same ones, what they take, and how near the group is to what retention removes. Its calls may wait for the
 * brokers, so it has a thread of its own.
 */
final class BrokerWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
    private static final long LOOK_SECONDS = 2;

    /** A look that takes so long is not worth a word. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Answers that were made before a change are sent within this time. */
    private static final Duration ANSWERED = Duration.ofMinutes(1);

    private final Brokers brokers;
    private final AnswerTopics topics;
    private final String group;
    private final Consumer<InvalidDataException> stop;
    private final LongSupplier clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("broker-watch"));

    private final Uuid images;
    private volatile Map<String, Uuid> ids;
    private volatile AnswerLimits limits;
    private boolean isChanged;
    private long changed;
    private boolean isStopped;
    private volatile List<String> missing = List.of();
    private volatile long reached;
    private volatile double offsetsToRemoved = Double.NaN;

    /**
     * @param group of the stream
     * @param ids of the topics of images and answers, when the stream was planned
     * @param limits what the topics took then
     * @param stop is called when only a new start helps
     * @param clock counts nanoseconds
     */
    BrokerWatch(
            Brokers brokers,
            AnswerTopics topics,
            String group,
            Map<String, Uuid> ids,
            AnswerLimits limits,
            Consumer<InvalidDataException> stop,
            LongSupplier clock) {
        this.brokers = brokers;
        this.topics = topics;
        this.group = group;
        this.ids = ids;
        this.images = ids.getOrDefault(topics.topics().images(), Uuid.ZERO_UUID);
        this.limits = limits;
        this.stop = stop;
        this.clock = clock;
        this.reached = clock.getAsLong();
    }

    /** Begins to look. */
    void start(CertifierMeters meters) {
        meters.show(() -> unreached().toMillis() / 1e3, () -> offsetsToRemoved);
        ScheduledFuture<?> unused =
                thread.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** Looks once; whatever goes wrong, the next look comes. */
    void look() {
        try {
            compare(brokers.topicIds(topics.topics().all()));
            reached = clock.getAsLong();
            if (missing.isEmpty()) {
                change(topics.limits(brokers));
                offsetsToRemoved = brokers
                        .offsetsToRemoved(group, topics.topics().images())
                        .values()
                        .stream()
                        .mapToDouble(Long::doubleValue)
                        .min()
                        .orElse(Double.NaN);
            }
        } catch (AuthorizationException e) {
            // Brokers that refuse an answer are there.
            reached = clock.getAsLong();
            LOG.debug("the topics may not be looked at", e);
        } catch (InvalidDataException | KafkaException e) {
            LOG.debug("the topics could not be looked at", e);
        } catch (RuntimeException e) {
            LOG.warn("the topics could not be looked at", e);
        }
    }

    private void compare(Map<String, Uuid> found) {
        List<String> absent = new ArrayList<>(topics.topics().all());
        absent.removeAll(found.keySet());
        missing = absent;
        String name = topics.topics().images();
        Uuid id = found.getOrDefault(name, images);
        if (!id.equals(images) && !isStopped) {
            isStopped = true;
            stop.accept(
                    new InvalidDataException("the topic " + name + " was deleted and made again: what it held and was"
                            + " not answered is gone; the next start begins with the first image of the new one"));
        }
        found.forEach((topic, now) -> {
            if (!topic.equals(name) && !now.equals(ids.get(topic))) {
                LOG.warn(
                        "the topic {} was deleted and made again: the answers in it are gone, and new ones go on",
                        topic);
            }
        });
        Map<String, Uuid> all = new HashMap<>(ids);
        all.putAll(found);
        ids = all;
    }

    /** What the topics of answers take, as of the last look. */
    AnswerLimits limits() {
        return limits;
    }

    /**
     * Looks at the limits now, because the brokers have refused an answer.
     *
     * @return whether they have changed within the last minute, so that the answer may be one of before
     */
    synchronized boolean haveLimitsChanged() {
        try {
            change(topics.limits(brokers));
        } catch (InvalidDataException | KafkaException e) {
            LOG.debug("the limits of the topics could not be looked at", e);
        }
        return isChanged && clock.getAsLong() - changed < ANSWERED.toNanos();
    }

    private synchronized void change(AnswerLimits found) {
        if (!found.equals(limits)) {
            limits = found;
            isChanged = true;
            changed = clock.getAsLong();
        }
    }

    /** For how long no broker has answered; zero where one has just done so. */
    Duration unreached() {
        Duration time = Duration.ofNanos(clock.getAsLong() - reached);
        return time.compareTo(PATIENCE) > 0 ? time : Duration.ZERO;
    }

    /** What is wrong with the topics; null for nothing. */
    @Nullable
    String problem() {
        List<String> absent = missing;
        return absent.isEmpty() ? null : "the brokers have no topic " + String.join(", ", absent) + " any more";
    }

    @Override
    public void close() {
        thread.shutdownNow();
        brokers.close();
    }
}
