// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import java.net.URI;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.event.EventSchemas;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;

/** Makes serializers and deserializers of events; all are safe for use by several threads. */
public final class EventSerdes {
    private EventSerdes() {}

    /**
     * A serializer, which also sets the record's {@code content-type} header.
     *
     * @param registry address of a Confluent-compatible schema registry, used by {@link EventFormat#AVRO} only; null to
     *     write Avro as single objects, which need none
     */
    public static <E extends Record & Event> Serializer<E> serializer(
            Class<E> type, EventFormat format, @Nullable URI registry) {
        EventSerializer.Framing<E> framing = switch (format) {
            case JSON -> (topic, event) -> JsonRecords.write(event);
            case AVRO ->
                registry == null
                        ? AvroFraming.singleObject(EventSchemas.avro(type))
                        : AvroFraming.confluent(EventSchemas.avro(type), new SchemaRegistry(registry));
        };
        return new EventSerializer<>(format, framing);
    }

    /**
     * A deserializer, which tells the format from the first bytes: JSON, an Avro single object, or the Confluent wire
     * format.
     *
     * <p>It throws {@link org.apache.kafka.common.errors.SerializationException} for records that are no such event, and
     * {@link SchemaRegistryException} when the registry fails, which says nothing about the record.
     *
     * @param registry address of a Confluent-compatible schema registry; null where there is none
     */
    public static <E extends Record & Event> Deserializer<E> deserializer(Class<E> type, @Nullable URI registry) {
        return new EventDeserializer<>(type, registry == null ? null : new SchemaRegistry(registry));
    }
}
