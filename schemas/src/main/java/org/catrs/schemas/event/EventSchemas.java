// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;

/** The published schemas of the events. */
public final class EventSchemas {
    private EventSchemas() {}

    /** The Avro schema of an event. */
    public static Schema avro(Class<? extends Event> type) {
        return new Schema.Parser().parse(resource(type.getSimpleName() + ".avsc"));
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
