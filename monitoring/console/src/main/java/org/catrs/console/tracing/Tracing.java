// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where spans go: to a collector, over OTLP, or nowhere. Sending is done beside the work: what a collector does not take in
 * time is dropped. Safe for use by several threads.
 */
public final class Tracing implements AutoCloseable {
    /** W3C Trace Context asks for at least this much of a trace state. */
    private static final int MOST_STATE_CHARACTERS = 512;

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Tracer tracer;
    private final boolean isSending;
    private final Runnable close;

    private Tracing(TracerProvider provider, boolean isSending, Runnable close) {
        this.tracer = provider.get("org.catrs");
        this.isSending = isSending;
        this.close = close;
    }

    /** Sends nothing; a span is the one that it continues. */
    public static Tracing off() {
        return new Tracing(TracerProvider.noop(), false, () -> {});
    }

    /**
     * Sends spans to a collector.
     *
     * @param service name of the service
     * @param instance tells it from the other instances of the service
     */
    public static Tracing to(TracingOptions options, String service, String instance) {
        SdkTracerProvider provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                service,
                                AttributeKey.stringKey("service.instance.id"),
                                instance))))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(options.share())))
                .addSpanProcessor(BatchSpanProcessor.builder(ToldExporter.of(OtlpHttpSpanExporter.builder()
                                .setEndpoint(options.endpoint())
                                .setTimeout(PATIENCE)
                                .build()))
                        .setScheduleDelay(Duration.ofSeconds(1))
                        .build())
                .build();
        return new Tracing(provider, true, () -> provider.shutdown().join(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }

    /** Whether spans are made here, and what is sent on names them rather than those that they continue. */
    public boolean isSending() {
        return isSending;
    }

    /**
     * Begins the span of the work on a message.
     *
     * @param traceparent the message's header, as W3C Trace Context has it; a trace begins where it is null, or none
     * @param tracestate the message's header; null where it has none
     */
    public TracedSpan consume(String name, @Nullable String traceparent, @Nullable String tracestate) {
        return new TracedSpan(
                tracer,
                tracer.spanBuilder(name)
                        .setParent(context(traceparent, tracestate))
                        .setSpanKind(SpanKind.CONSUMER)
                        .startSpan());
    }

    private static Context context(@Nullable String traceparent, @Nullable String tracestate) {
        if (traceparent == null) {
            return Context.root();
        }
        Map<String, String> headers = new HashMap<>(Map.of("traceparent", traceparent));
        if (tracestate != null && tracestate.length() <= MOST_STATE_CHARACTERS) {
            headers.put("tracestate", tracestate);
        }
        return W3CTraceContextPropagator.getInstance().extract(Context.root(), headers, Tracing::header);
    }

    private static @Nullable String header(@Nullable Map<String, String> headers, String name) {
        return headers == null ? null : headers.get(name);
    }

    /** Sends what is left, for some seconds at most. */
    @Override
    public void close() {
        close.run();
    }
}
