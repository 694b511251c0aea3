// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.net.URI;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.jspecify.annotations.Nullable;

/**
 * The settings of how a service writes events: their format, and the schema registry.
 *
 * @param format key of the setting that names the format
 */
public record EncodingSettings(String format) {
    private static final String SCHEMA_REGISTRY = "schema.registry.url";

    private static final @Nullable Object NONE = null;

    /**
     * Adds them.
     *
     * @param meaning what the format is of
     */
    public void define(ConfigDef definition, String meaning) {
        definition
                .define(
                        format,
                        ConfigDef.Type.STRING,
                        EventFormat.JSON.toString(),
                        Validators.namesOf(EventFormat.values()),
                        MEDIUM,
                        meaning)
                .define(
                        SCHEMA_REGISTRY,
                        ConfigDef.Type.STRING,
                        NONE,
                        Validators.absoluteUri(),
                        LOW,
                        "Address of a Confluent-compatible schema registry for avro; single-object encoding without"
                                + " one.");
    }

    /** Writes events in the format that is asked for. */
    public <E extends Record & Event> Serializer<E> serializer(Class<E> type, SettingValues values) {
        return EventSerdes.serializer(type, values.constant(format, EventFormat.class), registry(values));
    }

    /** Address of the schema registry; null where there is none. */
    public static @Nullable URI registry(SettingValues values) {
        String registry = (String) values.orNull(SCHEMA_REGISTRY);
        return registry == null ? null : URI.create(registry);
    }
}
