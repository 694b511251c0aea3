// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.stream.held.Answer;
import org.catrs.certifier.stream.held.TakenImage;
import org.catrs.certifier.stream.outcome.AnswerHeaders;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.console.tracing.Tracing;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.event.ImageRejection;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.topic.HeaderValues;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images in CloudEvents, written and read by the SDK of CloudEvents. */
class CloudEventsTest {
    private static final TopicLimits TOPIC =
            new TopicLimits(100_000, new AcceptedTimes(true, Duration.ofDays(36_500), Duration.ofHours(1)), false);
    private static final AnswerLimits LIMITS = new AnswerLimits(TOPIC, TOPIC);
    private static final String TENSOR = "application/x-catrs-tensor";
    private static final String STRUCTURED = "application/cloudevents+json";

    private final CertifierMeters meters = new CertifierMeters(new SimpleMeterRegistry(), ExecutionProvider.AUTO);
    private final ScriptedClassifier classifier = new ScriptedClassifier();
    private final ImageAnswers answers = answers();

    private ImageAnswers answers() {
        CertifierRegistry certifiers = new CertifierRegistry("fake", meters);
        certifiers.put(
                new ImageCertifier(
                        classifier,
                        new CertifiedPredictions(
                                new CertifiedPrediction.Model("fake", "1", "ab".repeat(32)),
                                new CertifiedPrediction.Engine("cpu", "fp32", "fake", "1", null),
                                CertifiedPrediction.Independence.PROVED,
                                List.of()),
                        plan -> new SmoothingParameters(0.5, 0.001, 10, 100, NoiseKind.DISCRETE),
                        new SeedSource.Random(),
                        new PlanPolicy(PlanRequest.NONE, Duration.ofSeconds(60), StopCondition.NEVER),
                        new ImageLimits(50_000, 1_000)),
                () -> {});
        return new ImageAnswers(
                certifiers,
                EventSerdes.serializer(CertifiedPrediction.class, EventFormat.JSON, null),
                "answers",
                new AnswerHeaders("answers", List.of("correlation-id")),
                () -> LIMITS,
                meters,
                Tracing.off());
    }

    @ParameterizedTest
    @EnumSource(names = {"BINARY", "STRUCTURED"})
    void shouldAnswerACloudEventByACloudEvent(Encoding encoding) {
        Headers headers = new RecordHeaders();
        byte[] value = write(event().build(), encoding, headers);
        headers.add("correlation-id", utf8("7"));

        Record<byte[], byte[]> answer = answer(headers, value).message();

        CloudEvent read = new CloudEventDeserializer().deserialize("answers", answer.headers(), answer.value());
        CertifiedPrediction prediction = JsonRecords.read(read.getData().toBytes(), CertifiedPrediction.class);
        assertThat(prediction.origin()).isEqualTo(new ImageOrigin("images", 3, 42));
        assertThat(read.getId()).isEqualTo("images-3@42");
        assertThat(read.getSource()).isEqualTo(URI.create("urn:catrs:answers"));
        assertThat(read.getType()).isEqualTo("org.catrs.CertifiedPrediction");
        assertThat(read.getTime().toInstant().toEpochMilli()).isEqualTo(prediction.answered());
        assertThat(read.getDataContentType()).isEqualTo("application/json");
        assertThat(read.getSubject()).isEqualTo("größe/seven.png");
        assertThat(read.getExtension("causationid")).isEqualTo("a-1");
        assertThat(read.getExtension("imagesource")).isEqualTo("/cameras/1");
        assertThat(read.getExtension("correlationid")).isEqualTo("order-9");
        assertThat(read.getExtension("other")).isNull();
        assertThat(HeaderValues.text(answer.headers(), "correlation-id")).isEqualTo("7");
    }

    @Test
    void shouldAnswerAnImageThatIsNoCloudEventByNone() {
        Record<byte[], byte[]> answer = answer(new RecordHeaders().add("content-type", utf8(TENSOR)), tensor())
                .message();
        assertThat(answer.headers()).extracting(header -> header.key()).noneMatch(name -> name.startsWith("ce_"));
    }

    @ParameterizedTest
    @EnumSource(names = {"BINARY", "STRUCTURED"})
    void shouldRejectAnEventAsItCame(Encoding encoding) {
        Headers headers = new RecordHeaders();
        byte[] value = write(event().withData(TENSOR, utf8("no tensor")).build(), encoding, headers);

        Record<byte[], byte[]> rejected = answer(headers, value).message();

        assertThat(reason(rejected)).isEqualTo("CORRUPT_IMAGE");
        CloudEvent read = new CloudEventDeserializer().deserialize("bad", rejected.headers(), rejected.value());
        assertThat(read.getId()).isEqualTo("a-1");
        assertThat(read.getData().toBytes()).isEqualTo(utf8("no tensor"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "{",
                "[]",
                "null",
                "{}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data\":\"iVBORw0KGgo=\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"*\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":7}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"AA==\"} x",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"id\":\"2\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"AA==\"}",
                "{\"specversion\":\"0.3\",\"id\":\"1\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"AA==\"}",
                "{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"AA==\"}",
                "{\"specversion\":\"1.0\",\"id\":{},\"source\":\"s\",\"type\":\"t\",\"data_base64\":\"AA==\"}"
            })
    void shouldRejectWhatIsNoEventWithAnImage(String json) {
        Record<byte[], byte[]> rejected = answer(
                        new RecordHeaders().add("content-type", utf8(STRUCTURED + "; charset=UTF-8")), utf8(json))
                .message();
        assertThat(reason(rejected)).isEqualTo(json.isEmpty() ? "EMPTY_VALUE" : "INVALID_CLOUD_EVENT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/cloudevents-batch+json", "application/cloudevents+avro"})
    void shouldSayWhichEventsAreRead(String contentType) {
        Record<byte[], byte[]> rejected = answer(new RecordHeaders().add("content-type", utf8(contentType)), tensor())
                .message();
        assertThat(reason(rejected)).isEqualTo("INVALID_CLOUD_EVENT");
        assertThat(HeaderValues.text(rejected.headers(), "__streams.errors.message"))
                .isEqualTo("of CloudEvents whose content-type names them, application/cloudevents+json is read, found '"
                        + contentType + "'");
    }

    @Test
    void shouldRejectAnEventWhoseHeadersLackWhatEachEventNeeds() {
        Headers headers = new RecordHeaders()
                .add("content-type", utf8(TENSOR))
                .add("ce_specversion", utf8("1.0"))
                .add("ce_id", utf8("1"));
        assertThat(HeaderValues.text(answer(headers, tensor()).message().headers(), "__streams.errors.message"))
                .isEqualTo("a CloudEvent needs the attribute source, which is missing or empty");
    }

    @Test
    void shouldLeaveAwayWhatWouldMakeAnAnswerLarge() {
        Headers headers = new RecordHeaders();
        byte[] value = write(event().withSubject("s".repeat(1_025)).build(), Encoding.BINARY, headers);
        headers.add("correlation-id", new byte[1_025]).add("traceparent", new byte[1_024]);

        Headers answer = answer(headers, value).message().headers();

        assertThat(answer.lastHeader("ce_subject")).isNull();
        assertThat(answer.lastHeader("correlation-id")).isNull();
        assertThat(answer.lastHeader("traceparent")).isNotNull();
    }

    private CloudEventBuilder event() {
        return CloudEventBuilder.v1()
                .withId("a-1")
                .withSource(URI.create("/cameras/1"))
                .withType("camera.image")
                .withSubject("größe/seven.png")
                .withExtension("correlationid", "order-9")
                .withExtension("other", 7)
                .withData(TENSOR, tensor());
    }

    private static byte[] write(CloudEvent event, Encoding encoding, Headers headers) {
        CloudEventSerializer serializer = new CloudEventSerializer();
        serializer.configure(
                encoding == Encoding.STRUCTURED
                        ? Map.of(
                                CloudEventSerializer.ENCODING_CONFIG,
                                encoding,
                                CloudEventSerializer.EVENT_FORMAT_CONFIG,
                                JsonFormat.CONTENT_TYPE)
                        : Map.of(),
                false);
        return serializer.serialize("images", headers, event);
    }

    private Answer answer(Headers headers, byte[] value) {
        Record<byte[], byte[]> message = new Record<>(utf8("key"), value, 1_700_000_000_000L, headers);
        return answers.answer(new TakenImage(new TopicPartition("images", 3), 42, message));
    }

    private static String reason(Record<byte[], byte[]> rejected) {
        return ImageRejection.of(rejected.headers()).orElseThrow().reason();
    }

    private byte[] tensor() {
        return RawTensor.encode(ImageTensor.of(
                classifier.inputShape(), new byte[classifier.inputShape().size()]));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
