// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.topic;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/** Reads the values of record headers, which are UTF-8 text. Of several headers of one name, the last counts. */
public final class HeaderValues {
    /** As JSON has them: digits of other scripts, hexadecimal numbers and suffixes are read by Java, but not by others. */
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|[1-9][0-9]*");

    private HeaderValues() {}

    /** A header's text, as it is; null when there is no such header, or it has no value. */
    public static @Nullable String text(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /**
     * The number that a header's text says, as JSON writes numbers, with or without blanks around it; null when there is no
     * such header, or it has no value.
     *
     * @return finite
     * @throws InvalidDataException when the text is no such number; the message names the header
     */
    public static @Nullable Double number(Headers headers, String name) {
        String text = stripped(headers, name);
        if (text == null) {
            return null;
        }
        double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(number)) {
            throw new InvalidDataException(
                    "the header " + name + " must be a number such as 0.5, in digits 0 to 9, found '" + text + "'");
        }
        return number;
    }

    /**
     * The whole number of at least 0 that a header's text says in decimal digits, with or without blanks around it; null
     * when there is no such header, or it has no value.
     *
     * @throws InvalidDataException when the text is no such number, or one above 2^63 - 1; the message names the header
     */
    public static @Nullable Long wholeNumber(Headers headers, String name) {
        String text = stripped(headers, name);
        if (text == null) {
            return null;
        }
        try {
            if (WHOLE_NUMBER.matcher(text).matches()) {
                return Long.valueOf(text);
            }
        } catch (NumberFormatException e) {
            throw new InvalidDataException("the header " + name + " is too large a number: " + text, e);
        }
        throw new InvalidDataException(
                "the header " + name + " must be a whole number such as 7, in digits 0 to 9, found '" + text + "'");
    }

    private static @Nullable String stripped(Headers headers, String name) {
        String text = text(headers, name);
        return text == null ? null : text.strip();
    }
}
