// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** The encodings in which images are accepted; nothing else is ever handed to a decoder. */
public enum ImageEncoding {
    /** PNG of 8 bits a channel or fewer, a single frame. */
    PNG("image/png", "\211PNG\r\n\032\n"),
    /** JPEG with one or three components. */
    JPEG("image/jpeg", "\377\330\377"),
    /** The raw tensor of {@link RawTensor}. */
    TENSOR("application/x-catrs-tensor", RawTensor.MAGIC);

    private final String contentType;
    /** First bytes, a character for each. */
    private final String signature;

    ImageEncoding(String contentType, String signature) {
        this.contentType = contentType;
        this.signature = signature;
    }

    /** The media type by which a record names this encoding. */
    public String contentType() {
        return contentType;
    }

    /** The encoding that a media type names; parameters after a semicolon, case and blanks do not matter. */
    public static Optional<ImageEncoding> ofContentType(String contentType) {
        String type = MediaTypes.essence(contentType);
        return Arrays.stream(values())
                .filter(encoding -> encoding.contentType.equals(type))
                .findFirst();
    }

    /** The encoding whose signature the bytes begin with. */
    public static Optional<ImageEncoding> ofSignature(byte[] bytes) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.begins(bytes))
                .findFirst();
    }

    boolean begins(byte[] bytes) {
        return bytes.length >= signature.length()
                && signature.equals(new String(bytes, 0, signature.length(), StandardCharsets.ISO_8859_1));
    }
}
