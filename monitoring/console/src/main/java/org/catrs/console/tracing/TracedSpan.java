// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A part of a trace, from its begin to its closing. Closing it again does nothing. Safe for use by several threads. */
public final class TracedSpan implements AutoCloseable {
    private static final int MOST_MESSAGE_CHARACTERS = 1_000;

    private final Tracer tracer;
    private final Span span;

    TracedSpan(Tracer tracer, Span span) {
        this.tracer = tracer;
        this.span = span;
    }

    /** Begins a part of this one. */
    public TracedSpan child(String name) {
        return child(name, SpanKind.INTERNAL);
    }

    /** Begins the part that sends a message. */
    public TracedSpan produce(String name) {
        return child(name, SpanKind.PRODUCER);
    }

    private TracedSpan child(String name, SpanKind kind) {
        return new TracedSpan(
                tracer,
                tracer.spanBuilder(name)
                        .setParent(Context.root().with(span))
                        .setSpanKind(kind)
                        .startSpan());
    }

    public void tell(String attribute, String value) {
        span.setAttribute(attribute, value);
    }

    public void tell(String attribute, long value) {
        span.setAttribute(attribute, value);
    }

    public void tell(String attribute, double value) {
        span.setAttribute(attribute, value);
    }

    /** Marks it as failed. */
    public void fail(String message) {
        span.setStatus(StatusCode.ERROR, message.substring(0, Math.min(message.length(), MOST_MESSAGE_CHARACTERS)));
    }

    /** How others refer to it; null where it is not recorded. */
    public @Nullable TraceContext context() {
        SpanContext context = span.getSpanContext();
        return context.isValid() && context.isSampled()
                ? new TraceContext(context.getTraceId(), context.getSpanId())
                : null;
    }

    /** Gives the headers by which whoever reads a message continues it. */
    public void carry(BiConsumer<String, String> headers) {
        W3CTraceContextPropagator.getInstance().inject(Context.root().with(span), headers, (to, name, value) -> {
            if (to != null) {
                to.accept(name, value);
            }
        });
    }

    @Override
    public void close() {
        span.end();
    }
}
