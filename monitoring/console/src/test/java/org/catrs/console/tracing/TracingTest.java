// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    @Test
    void shouldMakeNoSpansOfItsOwnWhereNoneAreSent() {
        try (Tracing off = Tracing.off();
                TracedSpan span = off.consume("consume", "00-" + TRACE + "-" + PARENT + "-01", "vendor=1");
                TracedSpan child = span.child("decode")) {
            assertThat(off.isSending()).isFalse();
            assertThat(span.context()).isEqualTo(new TraceContext(TRACE, PARENT));
            assertThat(child.context()).isEqualTo(new TraceContext(TRACE, PARENT));
        }
    }

    @Test
    void shouldContinueTheTraceAndPassItOn() {
        Map<String, String> headers = new HashMap<>();
        try (Tracing tracing = Tracing.to(new TracingOptions(URI.create("http://localhost:1"), 1), "s", "i");
                TracedSpan span = tracing.consume("consume", "00-" + TRACE + "-" + PARENT + "-01", "vendor=1");
                TracedSpan answer = span.produce("answer")) {
            assertThat(span.context().traceId()).isEqualTo(TRACE);
            assertThat(span.context().spanId()).isNotEqualTo(PARENT);
            answer.carry(headers::put);
            assertThat(headers)
                    .containsEntry(
                            "traceparent",
                            "00-" + TRACE + "-" + answer.context().spanId() + "-01")
                    .containsEntry("tracestate", "vendor=1");
        }
    }

    @Test
    void shouldRecordNothingThatTheProducerDoesNotRecord() {
        try (Tracing tracing = Tracing.to(new TracingOptions(URI.create("http://localhost:1"), 1), "s", "i");
                TracedSpan span = tracing.consume("consume", "00-" + TRACE + "-" + PARENT + "-00", null)) {
            assertThat(span.context()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "00-zz-yy-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0AF7651916CD43DD8448EB211C80319C-B7AD6B7169203331-01"
            })
    void shouldBeginATraceWhereTheHeaderIsNone(String traceparent) {
        try (Tracing tracing = Tracing.to(new TracingOptions(URI.create("http://localhost:1"), 1), "s", "i");
                TracedSpan span = tracing.consume("consume", traceparent, "x".repeat(1 << 20))) {
            assertThat(span.context().traceId()).isNotEqualTo(TRACE).hasSize(32);
        }
    }

    @Test
    void shouldBeginTheShareOfTracesThatIsAskedFor() {
        int recorded = 0;
        try (Tracing tracing = Tracing.to(new TracingOptions(URI.create("http://localhost:1"), 0.25), "s", "i")) {
            for (int image = 0; image < 4_000; image++) {
                try (TracedSpan span = tracing.consume("consume", null, null)) {
                    recorded += span.context() == null ? 0 : 1;
                }
            }
        }
        // 1,000 with a standard deviation of 27.
        assertThat(recorded).isBetween(850, 1_150);
    }

    @Test
    void shouldSendSpansToTheCollectorByTheTimeItIsClosed() throws IOException {
        AtomicInteger posts = new AtomicInteger();
        StringBuffer bodies = new StringBuffer();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/prefix/v1/traces", exchange -> {
            try (exchange) {
                posts.incrementAndGet();
                bodies.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        collector.start();
        URI address = URI.create("http://localhost:" + collector.getAddress().getPort() + "/prefix/");
        try (Tracing tracing = Tracing.to(new TracingOptions(address, 1), "a-service", "host:8080")) {
            try (TracedSpan span = tracing.consume("consume", null, null)) {
                span.tell("messaging.kafka.offset", 7);
                span.fail("CORRUPT_IMAGE");
            }
        } finally {
            collector.stop(0);
        }
        assertThat(posts).hasValue(1);
        assertThat(bodies).contains("a-service", "host:8080", "consume", "messaging.kafka.offset", "CORRUPT_IMAGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:4318", "file:///tmp/spans", "grpc://localhost:4317", "http:", "http://a b"})
    void shouldRefuseWhatIsNoCollector(String address) {
        assertThatThrownBy(() -> TracingOptions.requireCollector(address)).isInstanceOf(InvalidDataException.class);
    }
}
