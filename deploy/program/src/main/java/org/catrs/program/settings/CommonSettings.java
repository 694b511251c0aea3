// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.net.InetSocketAddress;
import java.net.URI;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.program.option.Range;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.jspecify.annotations.Nullable;

/**
 * The settings that each service has: where it serves metrics and health, and how it writes events.
 *
 * @param format key of the setting that names the events' format
 * @param events what the format is of
 * @param port of metrics and health where none is given
 */
public record CommonSettings(String format, String events, int port) {
    private static final String HTTP_HOST = "http.host";
    private static final String HTTP_PORT = "http.port";
    private static final String SCHEMA_REGISTRY = "schema.registry.url";

    private static final @Nullable Object NONE = null;

    /** Declares them. */
    public void define(ConfigDef definition) {
        definition
                .define(
                        format,
                        ConfigDef.Type.STRING,
                        EventFormat.JSON.toString(),
                        Validators.in(Range.of(EventFormat.class)),
                        MEDIUM,
                        "Encoding of " + events + ".")
                .define(
                        SCHEMA_REGISTRY,
                        ConfigDef.Type.STRING,
                        NONE,
                        Validators.absoluteUri(),
                        LOW,
                        "Address of a Confluent-compatible schema registry for avro; single-object encoding without"
                                + " one.")
                .define(
                        HTTP_HOST,
                        ConfigDef.Type.STRING,
                        "127.0.0.1",
                        new NonEmptyString(),
                        MEDIUM,
                        "Address of the console, metrics and health: of this machine alone, or 0.0.0.0 for everybody who"
                                + " reaches it.")
                .define(
                        HTTP_PORT,
                        ConfigDef.Type.INT,
                        port,
                        ConfigDef.Range.between(0, 65535),
                        MEDIUM,
                        "Port of metrics and health; 0 for any that is free.");
    }

    /** Address of metrics and health; port 0 for any that is free. */
    public static InetSocketAddress http(AbstractConfig config) {
        return new InetSocketAddress(config.getString(HTTP_HOST), config.getInt(HTTP_PORT));
    }

    /** Writes events in the format that is asked for. */
    public <E extends Record & Event> Serializer<E> serializer(Class<E> type, AbstractConfig config) {
        EventFormat named = Range.of(EventFormat.class)
                .read(config.getString(format))
                .orElseThrow(() -> new IllegalStateException("the definition has checked it"));
        return EventSerdes.serializer(type, named, registry(config));
    }

    /** Address of the schema registry; null where there is none. */
    public static @Nullable URI registry(AbstractConfig config) {
        String registry = config.getString(SCHEMA_REGISTRY);
        return registry == null ? null : URI.create(registry);
    }
}
