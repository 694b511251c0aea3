// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import org.catrs.schemas.image.ImageDecodingException.Reason;

/**
 * How large an encoded image may be, checked before anything is decoded.
 *
 * @param maxBytes largest number of encoded bytes
 * @param maxPixels largest height x width
 */
public record ImageLimits(int maxBytes, int maxPixels) {
    /** 16 MiB and 2^24 pixels: far more than any classifier takes, far less than fills a heap. */
    public static final ImageLimits DEFAULT = new ImageLimits(1 << 24, 1 << 24);

    /** @throws IllegalArgumentException when a limit is below 1 */
    public ImageLimits {
        if (maxBytes < 1 || maxPixels < 1) {
            throw new IllegalArgumentException(
                    "image limits need at least 1 byte and 1 pixel, found " + maxBytes + " and " + maxPixels);
        }
    }

    void checkBytes(byte[] bytes) throws ImageDecodingException {
        if (bytes.length == 0) {
            throw new ImageDecodingException(Reason.EMPTY, "an image needs at least one byte, found none");
        }
        if (bytes.length > maxBytes) {
            throw new ImageDecodingException(
                    Reason.TOO_MANY_BYTES, "an image may have at most " + maxBytes + " bytes, found " + bytes.length);
        }
    }

    void checkPixels(long height, long width) throws ImageDecodingException {
        if (height > maxPixels / Math.max(width, 1)) {
            throw new ImageDecodingException(
                    Reason.TOO_MANY_PIXELS,
                    "an image may have at most " + maxPixels + " pixels, found " + height + " x " + width);
        }
    }
}
