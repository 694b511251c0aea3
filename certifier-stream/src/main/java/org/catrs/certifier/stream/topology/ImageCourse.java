// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.catrs.certifier.stream.held.TakenImage;
import org.catrs.console.tracing.TraceContext;
import org.catrs.console.tracing.TracedSpan;
import org.catrs.console.tracing.Tracing;
import org.catrs.schemas.event.CertifiedPrediction.Model;
import org.catrs.schemas.topic.HeaderNames;
import org.catrs.schemas.topic.HeaderValues;
import org.jspecify.annotations.Nullable;

/**
 * What one image goes through from the begin of the work on it to the handing over of its answer: the model that it gets,
 * how long each part took, and the spans of its trace. For one thread after the other.
 */
final class ImageCourse {
    /** A producer may date an image as it likes: an age beyond this is as good as this, and sums of them stay numbers. */
    private static final Duration LONGEST_AGE = Duration.ofDays(36_500);

    private final InstantSource clock;
    private final long timestamp;
    private final Duration queued;
    private final TracedSpan span;
    private final Map<Work, Duration> work = new EnumMap<>(Work.class);
    private @Nullable Model model;
    private @Nullable TracedSpan answer;

    private ImageCourse(InstantSource clock, long timestamp, TracedSpan span) {
        this.clock = clock;
        this.timestamp = timestamp;
        this.queued = since(timestamp, clock);
        this.span = span;
    }

    /** Begins the work on an image. */
    static ImageCourse begin(TakenImage image, Tracing tracing, InstantSource clock) {
        Headers headers = image.message().headers();
        TracedSpan span = tracing.consume(
                "consume",
                HeaderValues.text(headers, HeaderNames.TRACEPARENT),
                HeaderValues.text(headers, HeaderNames.TRACESTATE));
        span.tell("messaging.system", "kafka");
        span.tell("messaging.destination.name", image.partition().topic());
        span.tell(
                "messaging.destination.partition.id",
                Integer.toString(image.partition().partition()));
        span.tell("messaging.kafka.offset", image.offset());
        return new ImageCourse(clock, image.message().timestamp(), span);
    }

    /** The image gets this model. */
    void with(Model given) {
        model = given;
        span.tell("catrs.model.name", given.name());
        span.tell("catrs.model.version", given.version());
    }

    /** The model; null before it is known. */
    @Nullable
    Model model() {
        return model;
    }

    /** Does a part of the work. */
    <T> T time(Work part, Supplier<T> task) {
        try (TracedSpan child = span.child(part.span())) {
            return time(part, child, task);
        }
    }

    /**
     * Writes the answer, whose span ends when it is handed over.
     *
     * @param write writes the headers of the trace, too
     */
    <T> T answer(Function<TracedSpan, T> write) {
        TracedSpan child = span.produce(Work.ANSWER.span());
        try {
            T written = time(Work.ANSWER, child, () -> write.apply(child));
            answer = child;
            return written;
        } catch (RuntimeException | Error e) {
            child.close();
            throw e;
        }
    }

    private <T> T time(Work part, TracedSpan of, Supplier<T> task) {
        long begin = System.nanoTime();
        try {
            return task.get();
        } catch (RuntimeException | Error e) {
            of.fail(String.valueOf(e.getMessage()));
            throw e;
        } finally {
            work.merge(part, Duration.ofNanos(System.nanoTime() - begin), Duration::plus);
        }
    }

    /** The image cannot be certified, or is given up. */
    void fail(String reason) {
        span.fail(reason);
    }

    /** The end of it: the answer is handed over, or there is none. */
    void end() {
        if (answer != null) {
            answer.close();
        }
        span.close();
    }

    /** The trace that shows this image; null where none is recorded. */
    @Nullable
    TraceContext trace() {
        return span.context();
    }

    /** Time from the image's own timestamp to the begin of the work on it. */
    Duration queued() {
        return queued;
    }

    /** Time from the image's own timestamp until now. */
    Duration age() {
        return since(timestamp, clock);
    }

    /** Time that each part took. */
    Map<Work, Duration> work() {
        return work;
    }

    /** Time since a timestamp; none where it is of the future. */
    private static Duration since(long timestamp, InstantSource clock) {
        long millis = clock.millis() - timestamp;
        return Duration.ofMillis(Math.min(Math.max(millis, 0), LONGEST_AGE.toMillis()));
    }
}
