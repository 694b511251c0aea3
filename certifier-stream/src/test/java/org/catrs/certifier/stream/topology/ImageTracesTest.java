// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.stream.held.Answer;
import org.catrs.certifier.stream.held.TakenImage;
import org.catrs.console.MetricsPage;
import org.catrs.console.tracing.Tracing;
import org.catrs.console.tracing.TracingOptions;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The spans of images, as a collector receives them in OTLP's protobuf messages. */
final class ImageTracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String TRACEPARENT = "00-" + TRACE + "-" + PARENT + "-01";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CertifierMeters meters = new CertifierMeters(registry, ExecutionProvider.AUTO);
    private final CertifierRegistry certifiers = new CertifierRegistry("standard", meters);
    private final Queue<byte[]> posts = new ConcurrentLinkedQueue<>();
    private HttpServer collector;

    @BeforeEach
    void listen() throws IOException {
        certifiers.put(Courses.certifier("standard", "1"), () -> {});
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            try (exchange) {
                posts.add(exchange.getRequestBody().readAllBytes());
                exchange.sendResponseHeaders(200, -1);
            }
        });
        collector.start();
    }

    @AfterEach
    void close() {
        collector.stop(0);
    }

    @Test
    void shouldContinueTheProducersTraceThroughAllPartsToTheAnswer() {
        Answer answer = answer(image(RawTensor.encode(
                ImageTensor.of(ScriptedClassifier.SHAPE, new byte[] {1, 0}))));
        Map<String, Span> spans = spans();
        assertThat(spans).containsOnlyKeys("consume", "decode", "certify", "answer");
        assertThat(spans.values()).extracting(Span::trace).containsOnly(TRACE);
        Span consume = spans.get("consume");
        assertThat(consume.parent()).isEqualTo(PARENT);
        for (String part : List.of("decode", "certify", "answer")) {
            assertThat(spans.get(part).parent()).as(part).isEqualTo(consume.id());
            assertThat(spans.get(part).begin()).isGreaterThanOrEqualTo(consume.begin());
            assertThat(spans.get(part).end()).isLessThanOrEqualTo(consume.end());
            assertThat(spans.get(part).isFailed()).isFalse();
        }
        assertThat(consume.text()).contains("images", "messaging.kafka.offset", "standard", "messaging.system");
        assertThat(header(answer)).isEqualTo("00-" + TRACE + "-" + spans.get("answer").id() + "-01");
        assertThat(new String(MetricsPage.of(registry, "application/openmetrics-text").body(), UTF_8).lines()
                        .filter(line -> line.startsWith("catrs_latency_seconds_bucket{model=\"standard\"")
                                && line.contains("trace_id")))
                .singleElement()
                .asString()
                .contains("trace_id=\"" + TRACE + "\"", "span_id=\"" + consume.id() + "\"");
    }

    @Test
    void shouldSayWhichPartFailedAndWhyTheImageWasRejected() {
        Answer answer = answer(image(new byte[] {1, 2, 3}));
        Map<String, Span> spans = spans();
        assertThat(spans).containsOnlyKeys("consume", "decode", "answer");
        assertThat(spans.get("decode").isFailed()).isTrue();
        assertThat(spans.get("consume").isFailed()).isTrue();
        assertThat(spans.get("consume").text()).contains("CORRUPT_IMAGE");
        assertThat(header(answer)).as("a rejected image is passed on as it came").isEqualTo(TRACEPARENT);
    }

    private Answer answer(TakenImage image) {
        URI address = URI.create("http://localhost:" + collector.getAddress().getPort());
        try (Tracing tracing = Tracing.to(new TracingOptions(address, 1), "catrs-certifier", "test")) {
            ImageAnswers answers = new ImageAnswers(
                    certifiers,
                    EventSerdes.serializer(CertifiedPrediction.class, EventFormat.JSON, null),
                    "out",
                    new AnswerLimits(100_000, 100_000),
                    meters,
                    tracing);
            Answer answer = answers.answer(image);
            answer.counted().accept(Duration.ZERO);
            return answer;
        }
    }

    private static TakenImage image(byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("content-type", "application/x-catrs-tensor".getBytes(UTF_8));
        headers.add("traceparent", TRACEPARENT.getBytes(UTF_8));
        return new TakenImage(
                new TopicPartition("images", 3), 17, new Record<>(null, value, System.currentTimeMillis(), headers));
    }

    private static String header(Answer answer) {
        return new String(answer.message().headers().lastHeader("traceparent").value(), UTF_8);
    }

    /** Field 1 of a request are its resources, field 2 of each their scopes, field 2 of each their spans. */
    private Map<String, Span> spans() {
        return posts.stream()
                .map(ByteString::copyFrom)
                .flatMap(request -> all(request, 1).stream())
                .flatMap(resource -> all(resource, 2).stream())
                .flatMap(scope -> all(scope, 2).stream())
                .map(Span::new)
                .collect(Collectors.toMap(Span::name, Function.identity()));
    }

    private static List<ByteString> all(ByteString message, int number) {
        return field(message, number).getLengthDelimitedList();
    }

    private static Field field(ByteString message, int number) {
        try {
            return UnknownFieldSet.parseFrom(message).getField(number);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A span of opentelemetry/proto/trace/v1/trace.proto. */
    private record Span(ByteString message) {
        String trace() {
            return hex(1);
        }

        String id() {
            return hex(2);
        }

        String parent() {
            return hex(4);
        }

        String name() {
            return all(message, 5).get(0).toStringUtf8();
        }

        long begin() {
            return field(message, 7).getFixed64List().get(0);
        }

        long end() {
            return field(message, 8).getFixed64List().get(0);
        }

        /** The status has a code as field 3, where 2 is an error. */
        boolean isFailed() {
            return all(message, 15).stream()
                    .anyMatch(status -> field(status, 3).getVarintList().contains(2L));
        }

        String text() {
            return message.toStringUtf8();
        }

        private String hex(int number) {
            return HexFormat.of().formatHex(all(message, number).get(0).toByteArray());
        }
    }
}
