// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;

/**
 * Carries values between their JSON tree and Avro's generic data, so that the two forms of an event cannot differ.
 * Knows the types that the events' schemas use.
 */
final class AvroTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private AvroTree() {}

    static GenericRecord toRecord(JsonNode tree, Schema schema) {
        GenericRecord result = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            JsonNode value = tree.path(field.name());
            if (!value.isNull() && !value.isMissingNode()) {
                result.put(field.pos(), toDatum(value, field.schema()));
            }
        }
        return result;
    }

    static ObjectNode toTree(GenericRecord datum) {
        ObjectNode result = NODES.objectNode();
        for (Schema.Field field : datum.getSchema().getFields()) {
            Object value = datum.get(field.pos());
            if (value != null) {
                result.set(field.name(), toTree(value));
            }
        }
        return result;
    }

    private static Object toDatum(JsonNode tree, Schema schema) {
        return switch (schema.getType()) {
            case RECORD -> toRecord(tree, schema);
            case ENUM -> new GenericData.EnumSymbol(schema, tree.textValue());
            case ARRAY -> {
                List<Object> items = new ArrayList<>(tree.size());
                tree.forEach(item -> items.add(toDatum(item, schema.getElementType())));
                yield items;
            }
            case MAP -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                tree.properties()
                        .forEach(
                                entry -> entries.put(entry.getKey(), toDatum(entry.getValue(), schema.getValueType())));
                yield entries;
            }
            case UNION -> toDatum(tree, nonNull(schema));
            case STRING -> tree.textValue();
            case INT -> tree.intValue();
            case LONG -> tree.longValue();
            case DOUBLE -> tree.doubleValue();
            case BOOLEAN, BYTES, FIXED, FLOAT, NULL -> throw new IllegalArgumentException("no event has a " + schema);
        };
    }

    private static JsonNode toTree(Object datum) {
        if (datum instanceof GenericRecord child) {
            return toTree(child);
        }
        if (datum instanceof List<?> items) {
            ArrayNode result = NODES.arrayNode(items.size());
            items.forEach(item -> result.add(toTree(item)));
            return result;
        }
        if (datum instanceof Map<?, ?> entries) {
            ObjectNode result = NODES.objectNode();
            entries.forEach((name, value) -> result.set(name.toString(), toTree(value)));
            return result;
        }
        if (datum instanceof Integer number) {
            return NODES.numberNode(number);
        }
        if (datum instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (datum instanceof Double number) {
            return NODES.numberNode(number);
        }
        return NODES.textNode(datum.toString());
    }

    /** The events' unions are of null and one other type. */
    private static Schema nonNull(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }
}
