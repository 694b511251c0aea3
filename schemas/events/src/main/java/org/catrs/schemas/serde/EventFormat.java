// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import java.util.Locale;

/** How events are written; a configuration names the formats in lower case. */
public enum EventFormat {
    /** JSON, one line, UTF-8. */
    JSON("application/json"),
    /** Avro: single-object encoding, or the Confluent wire format where there is a schema registry. */
    AVRO("application/avro");

    private final String contentType;

    EventFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The media type that a record's {@code content-type} header names. */
    public String contentType() {
        return contentType;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
