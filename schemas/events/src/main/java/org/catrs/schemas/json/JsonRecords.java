// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON and reads them strictly.
 *
 * <p>Each component is a field of its name; maps are written in the order of their keys. When reading, unknown fields
 * are passed over, so that later versions can be read; every component that is not {@link Nullable} must be there; and a
 * value of another type is an error rather than converted.
 */
public final class JsonRecords {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private JsonRecords() {}

    /** A record as one line of JSON, UTF-8. */
    public static byte[] write(Record value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON form: " + e.getMessage(), e);
        }
    }

    /** A record as indented JSON for people to read, UTF-8, with a newline at the end. */
    public static String writeIndented(Record value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON form: " + e.getMessage(), e);
        }
    }

    /** A record as a tree. */
    public static JsonNode toTree(Record value) {
        return MAPPER.valueToTree(value);
    }

    /**
     * Reads a record.
     *
     * @throws InvalidDataException when the bytes are not JSON, or a field is missing or has no possible value; the
     *     message names the field
     */
    public static <T extends Record> T read(byte[] json, Class<T> type) {
        return fromTree(readTree(json), type);
    }

    /**
     * Reads a tree, as strictly as a record.
     *
     * @throws InvalidDataException when the bytes are not JSON
     */
    public static JsonNode readTree(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new InvalidDataException("is not JSON: " + firstLine(e), e);
        }
    }

    /**
     * Reads a record from a tree.
     *
     * @throws InvalidDataException when a field is missing or has no possible value; the message names the field
     */
    public static <T extends Record> T fromTree(JsonNode tree, Class<T> type) {
        requireFields(tree, type, "");
        try {
            return MAPPER.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            String problem = e.getCause() instanceof IllegalArgumentException refusal
                    ? String.valueOf(refusal.getMessage())
                    : firstLine(e);
            throw new InvalidDataException(place(e) + problem, e);
        } catch (JsonProcessingException e) {
            throw new InvalidDataException(firstLine(e), e);
        }
    }

    /**
     * Refuses a tree with what a record does not have: a reader passes over it, but whoever audits must not believe that it
     * was read.
     *
     * @throws InvalidDataException when a member of the tree, or of an object inside it, is no component; it is named
     */
    public static void requireKnownMembers(JsonNode tree, Class<? extends Record> type) {
        requireKnownMembers(tree, type, "");
    }

    private static void requireKnownMembers(JsonNode tree, Type type, String parent) {
        if (type instanceof ParameterizedType list && tree.isArray()) {
            for (JsonNode element : tree) {
                requireKnownMembers(element, list.getActualTypeArguments()[0], parent);
            }
        }
        if (!(type instanceof Class<?> record) || !record.isRecord() || !tree.isObject()) {
            return;
        }
        Map<String, Type> components = Arrays.stream(record.getRecordComponents())
                .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getGenericType));
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            String name = parent.isEmpty() ? member.getKey() : parent + "." + member.getKey();
            Type known = components.get(member.getKey());
            if (known == null) {
                throw new InvalidDataException("has the member " + name + ", which the schema does not have");
            }
            requireKnownMembers(member.getValue(), known, name);
        }
    }

    /** Whether a component may be absent or null. */
    public static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** Jackson would make an absent number 0 and an absent object null. */
    private static void requireFields(JsonNode tree, Class<?> type, String parent) {
        if (!tree.isObject()) {
            throw new InvalidDataException(
                    (parent.isEmpty() ? "" : "field " + parent + " ") + "needs to be a JSON object");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            String name = parent.isEmpty() ? component.getName() : parent + "." + component.getName();
            JsonNode value = tree.get(component.getName());
            boolean absent = value == null || value.isNull();
            if (absent && !isNullable(component)) {
                throw new InvalidDataException("field " + name + " is missing");
            }
            if (!absent && component.getType().isRecord()) {
                requireFields(value, component.getType(), name);
            }
        }
    }

    private static String place(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
        return path.isEmpty() ? "" : "field " + path + ": ";
    }

    private static String firstLine(Exception e) {
        String message = e instanceof JsonProcessingException problem ? problem.getOriginalMessage() : e.getMessage();
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
