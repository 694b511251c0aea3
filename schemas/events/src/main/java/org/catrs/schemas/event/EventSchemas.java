// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;

/** The published schemas of the events. */
public final class EventSchemas {
    private static final List<String> VERSIONS = List.of("v1", "v2");

    private EventSchemas() {}

    /** The Avro schema of an event. */
    public static Schema avro(Class<? extends Event> type) {
        return new Schema.Parser().parse(resource(type.getSimpleName() + ".avsc"));
    }

    /** The Avro schemas that an event had in earlier versions. */
    public static List<Schema> earlierAvro(Class<? extends Event> type) {
        return VERSIONS.stream()
                .map(version -> version + "/" + type.getSimpleName() + ".avsc")
                .filter(name -> EventSchemas.class.getResource(name) != null)
                .map(name -> new Schema.Parser().parse(resource(name)))
                .toList();
    }

    /** The JSON Schema (draft 2020-12) of an event's JSON form. */
    public static String json(Class<? extends Event> type) {
        return resource(type.getSimpleName() + ".schema.json");
    }

    private static String resource(String name) {
        try (InputStream in = EventSchemas.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
