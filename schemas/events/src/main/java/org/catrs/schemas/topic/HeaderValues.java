// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.topic;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/** Reads the values of record headers, which are UTF-8 text. Of several headers of one name, the last counts. */
public final class HeaderValues {
    private HeaderValues() {}

    /** A header's text, as it is; null when there is no such header, or it has no value. */
    public static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /**
     * The number that a header's text says, with or without blanks around it; null when there is no such header, or it
     * has no value.
     *
     * @throws InvalidDataException when the text is no number; the message names the header
     */
    public static @Nullable Double number(Headers headers, String name) {
        String text = text(headers, name);
        if (text == null) {
            return null;
        }
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw new InvalidDataException("the header " + name + " must be a number, found '" + text.strip() + "'", e);
        }
    }
}
