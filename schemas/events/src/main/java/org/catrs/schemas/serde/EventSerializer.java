// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.schemas.topic.HeaderNames;
import org.jspecify.annotations.Nullable;

/** Writes events of one type, in a framing; null stays null, which deletes a key from a compacted topic. */
final class EventSerializer<E extends Record> implements Serializer<E> {
    private final EventFormat format;
    private final Framing<E> framing;

    EventSerializer(EventFormat format, Framing<E> framing) {
        this.format = format;
        this.framing = framing;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable E event) {
        return event == null ? null : framing.frame(topic, event);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable E event) {
        if (event != null) {
            headers.remove(HeaderNames.CONTENT_TYPE)
                    .add(HeaderNames.CONTENT_TYPE, format.contentType().getBytes(StandardCharsets.US_ASCII));
        }
        return serialize(topic, event);
    }

    /** Turns an event into a record's value. */
    @FunctionalInterface
    interface Framing<E> {
        byte[] frame(String topic, E event);
    }
}
