// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.schemas.InvalidDataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an error of a stream thread leads to. Data is never given up for one of the machine or the brokers: the instance
 * stops, and the next start goes on with it. Another thread goes on at once, with nothing committed that was not, where
 * the brokers refuse an answer because its topic takes less than it did, and where they have ended a transaction while
 * they were out of reach.
 */
final class StreamFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFailures.class);

    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MOST_REPLACED = 40;

    private final Deque<Long> replaced = new ArrayDeque<>();
    private final BooleanSupplier haveLimitsChanged;
    private final TopicNames topics;
    private final Consumer<Throwable> stop;

    /**
     * @param haveLimitsChanged looks whether the topics of answers take something else than they did
     * @param stop is called when the instance stops
     */
    StreamFailures(BooleanSupplier haveLimitsChanged, TopicNames topics, Consumer<Throwable> stop) {
        this.haveLimitsChanged = haveLimitsChanged;
        this.topics = topics;
        this.stop = stop;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable error) {
        Optional<Throwable> refusal =
                causes(error).filter(StreamFailures::isRefusal).findFirst();
        if (refusal.isPresent() && haveLimitsChanged.getAsBoolean()) {
            LOG.warn(
                    "the brokers refused an answer, since a topic takes less than before; the images at hand are answered"
                            + " again: {}",
                    refusal.get().getMessage());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        if (causes(error).anyMatch(InvalidTxnStateException.class::isInstance) && mayReplace()) {
            LOG.warn(
                    "the brokers have ended a transaction while they were out of reach; its images are answered again");
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        stop.accept(
                causes(error).anyMatch(MissingSourceTopicException.class::isInstance)
                        ? new InvalidDataException(
                                "the topic " + topics.images() + " was deleted: make it again, and start"
                                        + " the service again",
                                error)
                        : error);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** One thread has no transaction that ends so again and again. */
    private synchronized boolean mayReplace() {
        long now = System.nanoTime();
        replaced.removeIf(time -> now - time > WINDOW.toNanos());
        replaced.add(now);
        return replaced.size() <= MOST_REPLACED;
    }

    private static boolean isRefusal(Throwable error) {
        return error instanceof RecordTooLargeException
                || error instanceof InvalidTimestampException
                || error instanceof InvalidRecordException;
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause);
    }
}
