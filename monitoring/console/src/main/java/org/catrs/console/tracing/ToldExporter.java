// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log when spans cannot be sent, and when they can again: one line each. */
final class ToldExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(ToldExporter.class);

    private final SpanExporter exporter;
    private final AtomicBoolean isFailing = new AtomicBoolean();

    private ToldExporter(SpanExporter exporter) {
        this.exporter = exporter;
    }

    static ToldExporter of(SpanExporter exporter) {
        return new ToldExporter(exporter);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        return result.whenComplete(() -> tell(!result.isSuccess(), result.getFailureThrowable()));
    }

    private void tell(boolean fails, @Nullable Throwable cause) {
        if (fails && isFailing.compareAndSet(false, true)) {
            LOG.warn(
                    "traces cannot be sent to the collector, and are dropped; images are certified all the same: {}",
                    cause == null ? "it refused them" : cause.toString());
        } else if (!fails && isFailing.compareAndSet(true, false)) {
            LOG.info("traces are sent to the collector again");
        }
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
