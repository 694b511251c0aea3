// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.json.JsonRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventSchemasTest {
    static List<Event> samples() {
        return SampleEvents.ALL;
    }

    static Stream<Class<?>> events() {
        return Arrays.stream(Event.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("events")
    void shouldDescribeTheSameFieldsInRecordAvroAndJson(Class<? extends Event> type) throws Exception {
        Schema avro = EventSchemas.avro(type);
        JsonNode json = new JsonMapper().readTree(EventSchemas.json(type));
        assertThat(avro.getFullName()).isEqualTo(type.getName());
        assertThat(json.path("title").textValue()).isEqualTo(type.getSimpleName());
        assertThat(json.path("description").textValue()).isEqualTo(avro.getDoc());
        checkRecord(type, avro, json);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldAcceptWhatIsWritten(Event event) throws Exception {
        JsonNode json = JsonRecords.toTree((Record) event);
        assertThat(schema(event.getClass()).validate(json)).isEmpty();
    }

    @Test
    void shouldHaveASampleOfEachEvent() {
        assertThat(samples().stream().map(Event::getClass).distinct()).hasSameSizeAs(events().toList());
    }

    @ParameterizedTest
    @CsvSource({
        "outcome, \"MAYBE\"",
        "outcome, null",
        "radius, -0.5",
        "radius, \"1\"",
        "label, -1",
        "label, 0.5",
        "alpha, 1",
        "n, 0",
        "seed, \"xyz\"",
        "imageSha256, \"\"",
        "estimationCounts, []",
        "model, {}",
    })
    void shouldRefuseImpossiblePredictions(String field, String value) throws Exception {
        ObjectNode json = (ObjectNode) JsonRecords.toTree(SampleEvents.CERTIFIED);
        json.set(field, new JsonMapper().readTree(value));
        assertThat(schema(CertifiedPrediction.class).validate(json)).isNotEmpty();
    }

    @Test
    void shouldRefuseALabelWithoutACertificateAndACertificateWithoutALabel() throws Exception {
        ObjectNode certified = (ObjectNode) JsonRecords.toTree(SampleEvents.CERTIFIED);
        assertThat(schema(CertifiedPrediction.class)
                        .validate(certified.deepCopy().putNull("label")))
                .isNotEmpty();
        assertThat(schema(CertifiedPrediction.class).validate(certified.without("label")))
                .isNotEmpty();
        ObjectNode abstained = (ObjectNode) JsonRecords.toTree(SampleEvents.ABSTAINED);
        assertThat(schema(CertifiedPrediction.class)
                        .validate(abstained.deepCopy().put("label", 1)))
                .isNotEmpty();
        assertThat(schema(CertifiedPrediction.class)
                        .validate(abstained.deepCopy().put("radius", 0.5)))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"topic, \"\"", "partition, -1", "offset, -1", "offset, 9007199254740992", "offset, null"})
    void shouldRefuseImpossibleOriginsAsTheRecordDoes(String field, String value) throws Exception {
        ObjectNode json = (ObjectNode) JsonRecords.toTree(SampleEvents.FORCED);
        ((ObjectNode) json.get("origin")).set(field, new JsonMapper().readTree(value));
        assertThat(schema(CertifiedPrediction.class).validate(json)).isNotEmpty();
        assertThatThrownBy(() -> JsonRecords.fromTree(json, CertifiedPrediction.class))
                .isInstanceOf(InvalidDataException.class);
    }

    private static JsonSchema schema(Class<? extends Event> type) {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(EventSchemas.json(type));
    }

    private static void checkRecord(Class<?> type, Schema avro, JsonNode json) {
        List<String> names = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            names.add(name);
            Schema.Field field = avro.getField(name);
            JsonNode property = json.path("properties").path(name);
            assertThat(field).as("Avro field %s", name).isNotNull();
            assertThat(property.isObject()).as("JSON property %s", name).isTrue();
            assertThat(property.path("description").textValue()).as(name).isEqualTo(field.doc());
            if (JsonRecords.isNullable(component)) {
                assertThat(field.schema().getTypes()).as(name).hasSize(2);
                assertThat(field.schema().getTypes().get(0).getType()).as(name).isEqualTo(Schema.Type.NULL);
                assertThat(field.defaultVal()).as(name).isEqualTo(JsonProperties.NULL_VALUE);
                checkType(
                        name,
                        component.getGenericType(),
                        field.schema().getTypes().get(1),
                        property,
                        true);
            } else {
                required.add(name);
                checkType(name, component.getGenericType(), field.schema(), property, false);
            }
        }
        assertThat(avro.getFields()).extracting(Schema.Field::name).isEqualTo(names);
        assertThat(json.path("properties").fieldNames()).toIterable().isEqualTo(names);
        assertThat(strings(json.path("required"))).isEqualTo(required);
    }

    private static void checkType(String name, Type java, Schema avro, JsonNode json, boolean nullable) {
        List<String> jsonType = json.path("type").isArray()
                ? strings(json.path("type"))
                : List.of(json.path("type").textValue());
        String base;
        if (java instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            base = "array";
            assertThat(avro.getType()).as(name).isEqualTo(Schema.Type.ARRAY);
            checkType(name, generic.getActualTypeArguments()[0], avro.getElementType(), json.path("items"), false);
        } else if (java instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            base = "object";
            assertThat(avro.getType()).as(name).isEqualTo(Schema.Type.MAP);
            checkType(
                    name,
                    generic.getActualTypeArguments()[1],
                    avro.getValueType(),
                    json.path("additionalProperties"),
                    false);
        } else if (java instanceof Class<?> type && type.isRecord()) {
            base = "object";
            checkRecord(type, avro, json);
        } else if (java instanceof Class<?> type && type.isEnum()) {
            base = "string";
            List<String> constants =
                    Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
            assertThat(avro.getEnumSymbols()).as(name).isEqualTo(constants);
            List<String> values = new ArrayList<>(constants);
            if (nullable) {
                values.add(null);
            }
            assertThat(strings(json.path("enum"))).as(name).isEqualTo(values);
        } else {
            Map<Type, String> types = Map.of(
                    int.class,
                    "INT integer",
                    Integer.class,
                    "INT integer",
                    long.class,
                    "LONG integer",
                    Long.class,
                    "LONG integer",
                    double.class,
                    "DOUBLE number",
                    Double.class,
                    "DOUBLE number",
                    String.class,
                    "STRING string");
            base = types.get(java).split(" ", -1)[1];
            assertThat(avro.getType() + " " + base).as(name).isEqualTo(types.get(java));
        }
        assertThat(jsonType).as(name).isEqualTo(nullable ? List.of(base, "null") : List.of(base));
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }
}
