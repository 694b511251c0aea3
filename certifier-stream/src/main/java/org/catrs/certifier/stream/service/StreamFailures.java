// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.schemas.InvalidDataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an error of a stream thread leads to. Data is never given up for one of the machine or the brokers: the instance
 * stops, and the next start goes on with it. Only where the brokers refuse an answer because its topic takes less than it
 * did, another thread makes the answers again, as the topic takes them now.
 */
final class StreamFailures implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFailures.class);

    private final BrokerWatch brokers;
    private final TopicNames topics;
    private final Consumer<Throwable> stop;

    /** @param stop is called when the instance stops */
    StreamFailures(BrokerWatch brokers, TopicNames topics, Consumer<Throwable> stop) {
        this.brokers = brokers;
        this.topics = topics;
        this.stop = stop;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable error) {
        Optional<Throwable> refusal = causes(error).filter(StreamFailures::isRefusal).findFirst();
        if (refusal.isPresent() && brokers.haveLimitsChanged()) {
            LOG.warn(
                    "the brokers refused an answer, since a topic takes less than before; the images at hand are answered"
                            + " again: {}",
                    refusal.get().getMessage());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        stop.accept(
                causes(error).anyMatch(MissingSourceTopicException.class::isInstance)
                        ? new InvalidDataException("the topic " + topics.images() + " was deleted: make it again, and start"
                                + " the service again", error)
                        : error);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
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
