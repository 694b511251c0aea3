// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.catrs.schemas.image.ImageEncoding;
import org.catrs.schemas.image.MediaTypes;

/** Says what was meant, where it is almost there: the end of a sentence that says what was found. */
public final class NearMiss {
    /** What producers write for the names of encodings. */
    private static final Map<String, ImageEncoding> ALIASES = Map.ofEntries(
            Map.entry("image/jpg", ImageEncoding.JPEG),
            Map.entry("image/pjpeg", ImageEncoding.JPEG),
            Map.entry("image/x-jpeg", ImageEncoding.JPEG),
            Map.entry("jpeg", ImageEncoding.JPEG),
            Map.entry("jpg", ImageEncoding.JPEG),
            Map.entry("image/x-png", ImageEncoding.PNG),
            Map.entry("png", ImageEncoding.PNG),
            Map.entry("x-catrs-tensor", ImageEncoding.TENSOR),
            Map.entry("application/catrs-tensor", ImageEncoding.TENSOR));

    private NearMiss() {}

    /** For a header that is missing: another one whose name differs in case, dashes, dots and underscores alone. */
    public static String ofName(Headers headers, String name) {
        String meant = letters(name);
        for (Header header : headers) {
            if (!header.key().equals(name) && letters(header.key()).equals(meant)) {
                return "; the header '" + header.key() + "' is another one: name it " + name;
            }
        }
        return "";
    }

    /** For text that is not known: the same in quotation marks, which a serializer of JSON puts there. */
    public static String ofQuotes(String text) {
        return isQuoted(text.strip()) ? "; leave the quotation marks away" : "";
    }

    /** For a content type that is not known: the one that it, or else the value, is like. */
    static String ofContentType(String contentType, byte[] value) {
        String type = MediaTypes.essence(unquoted(contentType));
        Optional<ImageEncoding> meant =
                ImageEncoding.ofContentType(type).or(() -> Optional.ofNullable(ALIASES.get(type)));
        if (meant.isPresent()) {
            return "; write " + meant.get().contentType()
                    + (isQuoted(contentType.strip()) ? ", without quotation marks" : "");
        }
        return ofSignature(value);
    }

    /** For a content type that is missing: the encoding that the value begins as. */
    static String ofSignature(byte[] value) {
        return ImageEncoding.ofSignature(value)
                .map(encoding -> "; the value begins as " + encoding.contentType() + " does")
                .orElse("");
    }

    private static String unquoted(String text) {
        String stripped = text.strip();
        return isQuoted(stripped) ? stripped.substring(1, stripped.length() - 1) : stripped;
    }

    private static boolean isQuoted(String text) {
        return text.length() >= 2
                && text.charAt(0) == text.charAt(text.length() - 1)
                && (text.charAt(0) == '"' || text.charAt(0) == '\'');
    }

    private static String letters(String name) {
        return name.replaceAll("[-_. ]", "").toLowerCase(Locale.ROOT);
    }
}
