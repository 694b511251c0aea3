// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

/** Bytes that are not an image that can be used; checked, so that whoever decodes decides what becomes of them. */
public final class ImageDecodingException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why an image cannot be used. */
    public enum Reason {
        /** There are no bytes. */
        EMPTY,
        /** More encoded bytes than the limit. */
        TOO_MANY_BYTES,
        /** The header announces more pixels than the limit. */
        TOO_MANY_PIXELS,
        /** An encoding, or a variant of one, that is not accepted: 16-bit or animated PNG, another tensor version. */
        UNSUPPORTED,
        /** The bytes are damaged, truncated, or not in the encoding that they are said to be in. */
        CORRUPT,
        /** Colour where gray is needed, transparency, CMYK, or another number of planes. */
        WRONG_CHANNELS,
        /** Another height or width than needed; images are never resized. */
        WRONG_SIZE
    }

    private final Reason reason;

    ImageDecodingException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    ImageDecodingException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
