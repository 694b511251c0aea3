// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.catrs.schemas.image.ImageDecoder;
import org.catrs.schemas.image.ImageDecodingException;
import org.catrs.schemas.image.ImageEncoding;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.topic.HeaderNames;

/** Decodes the image of a record. Safe for use by several threads. */
public final class ImageIntake {
    private static final String ACCEPTED = Arrays.stream(ImageEncoding.values())
            .map(ImageEncoding::contentType)
            .collect(Collectors.joining(", "));

    private final ImageDecoder decoder;

    /**
     * @param shape of the images that the model takes
     * @param limits checked before anything is decoded
     */
    public ImageIntake(ImageShape shape, ImageLimits limits) {
        decoder = new ImageDecoder(shape, limits);
    }

    /**
     * Decodes a record's image.
     *
     * @return uint8, of the model's shape
     * @throws RejectedImageException when the record holds no such image
     */
    public ImageTensor take(IncomingImage image) {
        byte[] value = image.bytes();
        if (value == null || value.length == 0) {
            throw new RejectedImageException(
                    RejectionReason.EMPTY_VALUE, "the record's value must be an image, found an empty value");
        }
        ImageEncoding encoding = encoding(image, value);
        try {
            return decoder.decode(value, encoding);
        } catch (ImageDecodingException e) {
            throw new RejectedImageException(reason(e.reason()), String.valueOf(e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            throw new RejectedImageException(
                    RejectionReason.OUT_OF_MEMORY,
                    "there was not enough memory to decode " + value.length + " bytes of " + encoding.contentType(),
                    e);
        }
    }

    private static ImageEncoding encoding(IncomingImage image, byte[] value) {
        String contentType = image.contentType();
        if (contentType == null) {
            String near = NearMiss.ofName(image.headers(), HeaderNames.CONTENT_TYPE);
            throw new RejectedImageException(
                    RejectionReason.UNKNOWN_CONTENT_TYPE,
                    "the header " + HeaderNames.CONTENT_TYPE + " is missing; it must be one of " + ACCEPTED
                            + (near.isEmpty() ? NearMiss.ofSignature(value) : near));
        }
        return ImageEncoding.ofContentType(contentType)
                .orElseThrow(() -> new RejectedImageException(
                        RejectionReason.UNKNOWN_CONTENT_TYPE,
                        "the header " + HeaderNames.CONTENT_TYPE + " is '" + contentType + "'; it must be one of "
                                + ACCEPTED + NearMiss.ofContentType(contentType, value)));
    }

    private static RejectionReason reason(ImageDecodingException.Reason reason) {
        return switch (reason) {
            case EMPTY -> RejectionReason.EMPTY_VALUE;
            case TOO_MANY_BYTES -> RejectionReason.TOO_MANY_BYTES;
            case TOO_MANY_PIXELS -> RejectionReason.TOO_MANY_PIXELS;
            case UNSUPPORTED -> RejectionReason.UNSUPPORTED_IMAGE;
            case CORRUPT -> RejectionReason.CORRUPT_IMAGE;
            case WRONG_CHANNELS, WRONG_SIZE -> RejectionReason.WRONG_SHAPE;
        };
    }
}
