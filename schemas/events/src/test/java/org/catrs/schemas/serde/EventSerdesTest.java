// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.event.EventSchemas;
import org.catrs.schemas.event.SampleEvents;
import org.catrs.schemas.event.TrainingJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventSerdesTest {
    private static final String TOPIC = "topic";

    private static final Map<String, Event> GOLDEN = Map.ofEntries(
            Map.entry("v1/CertifiedPrediction-certified", SampleEvents.CERTIFIED),
            Map.entry("v1/CertifiedPrediction-abstained", SampleEvents.ABSTAINED),
            Map.entry("v1/CertificationRates", SampleEvents.RATES),
            Map.entry("v1/CertificationRates-rejected", SampleEvents.ONLY_REJECTED),
            Map.entry("v1/ImageRejection", SampleEvents.REJECTION),
            Map.entry("v1/ModelRelease", SampleEvents.RELEASE),
            Map.entry("v1/ModelStatus", SampleEvents.REFUSED),
            Map.entry("v1/ShiftEvent", SampleEvents.SHIFT),
            Map.entry("v1/TrainingJob", SampleEvents.JOB),
            Map.entry("v1/TrainingStatus", SampleEvents.STATUS),
            Map.entry("v2/CertifiedPrediction-fixed", SampleEvents.FIXED),
            Map.entry("v2/CertifiedPrediction-adaptive", SampleEvents.ADAPTIVE),
            Map.entry("v3/CertifiedPrediction-forced", SampleEvents.FORCED),
            Map.entry("v3/ImageRejection-answered", SampleEvents.ANSWERED_REJECTION),
            Map.entry("v3/ModelRelease-issued", SampleEvents.ISSUED_RELEASE));

    static List<Event> samples() {
        return SampleEvents.ALL;
    }

    static Set<String> goldenNames() {
        return GOLDEN.keySet();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldComeBackAsWritten(Event event) throws Exception {
        try (FakeRegistry registry = new FakeRegistry()) {
            assertThat(roundTrip(event, EventFormat.JSON, null)).isEqualTo(event);
            assertThat(roundTrip(event, EventFormat.AVRO, null)).isEqualTo(event);
            assertThat(roundTrip(event, EventFormat.AVRO, registry.address())).isEqualTo(event);
        }
    }

    @ParameterizedTest
    @MethodSource("goldenNames")
    void shouldReadEveryEventAsItWasFirstWritten(String name) throws IOException {
        Event event = GOLDEN.get(name);
        assertThat(deserializer(event, null).deserialize(TOPIC, golden(name + ".json")))
                .isEqualTo(event);
        assertThat(deserializer(event, null).deserialize(TOPIC, golden(name + ".avro")))
                .isEqualTo(event);
    }

    @Test
    void shouldNameTheFormatInTheHeaders() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("content-type", "image/png".getBytes(StandardCharsets.US_ASCII));
        predictions(EventFormat.JSON, null).serialize(TOPIC, headers, SampleEvents.CERTIFIED);
        assertThat(headers.toArray()).hasSize(1);
        assertThat(headers.lastHeader("content-type").value()).asString().isEqualTo("application/json");
        predictions(EventFormat.AVRO, null).serialize(TOPIC, headers, SampleEvents.CERTIFIED);
        assertThat(headers.lastHeader("content-type").value()).asString().isEqualTo("application/avro");
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepNoValueAsNoValue(EventFormat format) {
        assertThat(predictions(format, null).serialize(TOPIC, null)).isNull();
        assertThat(predictions(null).deserialize(TOPIC, null)).isNull();
    }

    @Test
    void shouldWriteSingleObjectsByTheAvroSpecification() {
        byte[] bytes = EventSerdes.serializer(TrainingJob.class, EventFormat.AVRO, null)
                .serialize(TOPIC, new TrainingJob("a", "b", "c", null, Map.of("d", "e")));
        // Marker, fingerprint, then strings with zig-zag lengths, union branch 0, a block of one map entry.
        assertThat(HexFormat.of().formatHex(bytes))
                .matches("c301[0-9a-f]{16}" + "0261" + "0262" + "0263" + "00" + "02" + "0264" + "0265" + "00");
    }

    @Test
    void shouldFrameAvroAsConfluentDoes() throws Exception {
        try (FakeRegistry registry = new FakeRegistry()) {
            byte[] framed =
                    predictions(EventFormat.AVRO, registry.address()).serialize("predictions", SampleEvents.CERTIFIED);
            byte[] single = predictions(EventFormat.AVRO, null).serialize("predictions", SampleEvents.CERTIFIED);
            assertThat(framed).startsWith(0x00, 0x01, 0x02, 0x03, 0x04);
            assertThat(Arrays.copyOfRange(framed, 5, framed.length))
                    .isEqualTo(Arrays.copyOfRange(single, 10, single.length));
            assertThat(new Schema.Parser().parse(registry.schemas.get(0x01020304)))
                    .isEqualTo(EventSchemas.avro(CertifiedPrediction.class));
        }
    }

    @Test
    void shouldAskTheRegistryOncePerTopicAndSchema() throws Exception {
        try (FakeRegistry registry = new FakeRegistry()) {
            Serializer<CertifiedPrediction> serializer = predictions(EventFormat.AVRO, registry.address());
            Deserializer<CertifiedPrediction> deserializer = predictions(registry.address());
            byte[] first = serializer.serialize("a topic", SampleEvents.CERTIFIED);
            serializer.serialize("a topic", SampleEvents.ABSTAINED);
            deserializer.deserialize("a topic", first);
            deserializer.deserialize("a topic", first);
            assertThat(registry.requests)
                    .containsExactly("POST /subjects/a%20topic-value/versions", "GET /schemas/ids/16909060");
        }
    }

    @Test
    void shouldReadALaterVersionByTheRegistrysSchema() throws Exception {
        try (FakeRegistry registry = new FakeRegistry()) {
            String later = EventSchemas.avro(TrainingJob.class)
                    .toString()
                    .replace("\"fields\":[", "\"fields\":[{\"name\":\"owner\",\"type\":\"string\"},");
            registry.schemas.put(7, later);
            byte[] bytes = HexFormat.of().parseHex("0000000007" + "026f" + "0261" + "0262" + "0263" + "00" + "00");
            assertThat(EventSerdes.deserializer(TrainingJob.class, registry.address())
                            .deserialize(TOPIC, bytes))
                    .isEqualTo(new TrainingJob("a", "b", "c", null, Map.of()));
        }
    }

    @Test
    void shouldTellARegistryThatIsDownFromADamagedRecord() throws Exception {
        URI address;
        try (FakeRegistry registry = new FakeRegistry()) {
            address = registry.address();
        }
        byte[] framed = HexFormat.of().parseHex("0000000001ff");
        assertThatThrownBy(() -> predictions(address).deserialize(TOPIC, framed))
                .isInstanceOf(SchemaRegistryException.class)
                .hasMessageContaining("cannot be reached");
        assertThatThrownBy(() -> predictions(EventFormat.AVRO, address).serialize(TOPIC, SampleEvents.CERTIFIED))
                .isInstanceOf(SchemaRegistryException.class);
    }

    @Test
    void shouldTellARegistryThatFailsFromADamagedRecord() throws Exception {
        byte[] framed = HexFormat.of().parseHex("0000000001ff");
        try (FakeRegistry registry = new FakeRegistry()) {
            Serializer<CertifiedPrediction> serializer = predictions(EventFormat.AVRO, registry.address());
            registry.status = 500;
            registry.body = "out of order";
            assertThatThrownBy(() -> predictions(registry.address()).deserialize(TOPIC, framed))
                    .isInstanceOf(SchemaRegistryException.class)
                    .hasMessageContaining("HTTP 500 out of order");
            registry.status = 409;
            assertThatThrownBy(() -> serializer.serialize(TOPIC, SampleEvents.CERTIFIED))
                    .isInstanceOf(SchemaRegistryException.class)
                    .hasMessageContaining("HTTP 409");
            registry.status = 200;
            registry.body = "<html>";
            assertThatThrownBy(() -> serializer.serialize(TOPIC, SampleEvents.CERTIFIED))
                    .isInstanceOf(SchemaRegistryException.class)
                    .hasMessageContaining("JSON");
            registry.body = "{\"schema\":\"{}\"}";
            assertThatThrownBy(() -> predictions(registry.address()).deserialize(TOPIC, framed))
                    .isInstanceOf(SchemaRegistryException.class)
                    .hasMessageContaining("no Avro schema");
            assertThatThrownBy(() -> serializer.serialize(TOPIC, SampleEvents.CERTIFIED))
                    .isInstanceOf(SchemaRegistryException.class)
                    .hasMessageContaining("no id");
        }
    }

    @Test
    void shouldTakeAnUnknownSchemaForADamagedRecord() throws Exception {
        try (FakeRegistry registry = new FakeRegistry()) {
            assertDamaged(registry.address(), "00ffffffff00", "no schema 4294967295");
            assertDamaged(registry.address(), "000000", "cut off");
            assertDamaged(null, "0000000001ff", "needs a schema registry");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ff", "c3", "c301", "c3010000000000000000ff", "7b7d", "7b", "5b5d", "6e756c6c", "00"})
    void shouldRefuseBytesThatAreNoEvent(String hex) {
        assertDamaged(null, hex, "a record of topic is no CertifiedPrediction: ");
    }

    /** In hex: a length of 2^31 - 1, of 2 * 10^9, and of 2^40, as zig-zag numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"feffffff0f", "80d0acf30e", "808080808040"})
    void shouldNotAllocateWhatADamagedLengthAsksFor(String length) {
        Deserializer<TrainingJob> jobs = EventSerdes.deserializer(TrainingJob.class, null);
        byte[] whole = EventSerdes.serializer(TrainingJob.class, EventFormat.AVRO, null)
                .serialize(TOPIC, SampleEvents.JOB);
        String header = HexFormat.of().formatHex(whole, 0, 10);
        for (String before : List.of("", "026102620263" + "00")) {
            byte[] damaged = HexFormat.of().parseHex(header + before + length + "0261".repeat(50));
            assertThatThrownBy(() -> jobs.deserialize(TOPIC, damaged))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("its Avro data is damaged");
        }
    }

    @Test
    void shouldRefuseBytesAfterTheEvent() {
        byte[] whole = predictions(EventFormat.AVRO, null).serialize(TOPIC, SampleEvents.CERTIFIED);
        assertDamaged(null, HexFormat.of().formatHex(whole) + "00", "bytes follow");
        assertDamaged(null, HexFormat.of().formatHex(whole).replaceFirst("c301..", "c30100"), "fingerprint");
    }

    @Test
    void shouldRefuseDamagedAvroWithASerializationExceptionOnly() {
        byte[] whole = predictions(EventFormat.AVRO, null).serialize(TOPIC, SampleEvents.CERTIFIED);
        Deserializer<CertifiedPrediction> deserializer = predictions(null);
        Random random = new Random(1);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                deserializer.deserialize(TOPIC, damaged);
            } catch (SerializationException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(4_000);
    }

    private static void assertDamaged(URI registry, String hex, String message) {
        assertThatThrownBy(() ->
                        predictions(registry).deserialize(TOPIC, HexFormat.of().parseHex(hex)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining(message);
    }

    private static Serializer<CertifiedPrediction> predictions(EventFormat format, URI registry) {
        return EventSerdes.serializer(CertifiedPrediction.class, format, registry);
    }

    private static Deserializer<CertifiedPrediction> predictions(URI registry) {
        return EventSerdes.deserializer(CertifiedPrediction.class, registry);
    }

    private static Event roundTrip(Event event, EventFormat format, URI registry) {
        byte[] bytes = serializer(event, format, registry).serialize(TOPIC, event);
        return deserializer(event, registry).deserialize(TOPIC, bytes);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Serializer<Event> serializer(Event event, EventFormat format, URI registry) {
        return EventSerdes.serializer((Class) event.getClass(), format, registry);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Deserializer<Event> deserializer(Event event, URI registry) {
        return EventSerdes.deserializer((Class) event.getClass(), registry);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream in = EventSerdesTest.class.getResourceAsStream("/org/catrs/schemas/event/" + name)) {
            return in.readAllBytes();
        }
    }
}
