// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import org.catrs.schemas.image.ImageDecodingException.Reason;

/**
 * Decodes images to the shape that a model takes. Safe for use by several threads.
 *
 * <p>No value is ever changed on the way: images are not resized, turned by EXIF, blended with a background or
 * converted by a colour profile. Gray becomes RGB by repetition. RGB becomes gray only where red, green and blue are
 * equal in every pixel. An alpha channel is accepted where every pixel is opaque. Palettes, and gray of 1, 2 and 4
 * bits, are expanded; 16 bits a channel are refused.
 */
public final class ImageDecoder {
    private final ImageShape shape;
    private final ImageLimits limits;

    /**
     * A decoder for one shape.
     *
     * @param shape what images must have; PNG and JPEG can meet 1 and 3 channels only
     */
    public ImageDecoder(ImageShape shape, ImageLimits limits) {
        this.shape = shape;
        this.limits = limits;
    }

    /**
     * Decodes an image.
     *
     * @param encoding what the bytes are said to be
     * @return uint8, of this decoder's shape
     * @throws ImageDecodingException when the bytes are no such image; limits and size are checked before decoding
     */
    public ImageTensor decode(byte[] bytes, ImageEncoding encoding) throws ImageDecodingException {
        checkBytes(bytes, encoding, limits);
        if (encoding == ImageEncoding.TENSOR) {
            ImageTensor image = RawTensor.decode(bytes, limits);
            checkSize(image.shape().height(), image.shape().width());
            return Pixels.withChannels(shape.channels(), image);
        }
        try (RasterReader reader = new RasterReader(encoding, bytes)) {
            limits.checkPixels(reader.height(), reader.width());
            checkSize(reader.height(), reader.width());
            return Pixels.withChannels(shape.channels(), reader.read());
        }
    }

    /** Decodes an image with the size and the channels that it has. */
    static ImageTensor decodeAsStored(byte[] bytes, ImageEncoding encoding, ImageLimits limits)
            throws ImageDecodingException {
        checkBytes(bytes, encoding, limits);
        if (encoding == ImageEncoding.TENSOR) {
            return RawTensor.decode(bytes, limits);
        }
        try (RasterReader reader = new RasterReader(encoding, bytes)) {
            limits.checkPixels(reader.height(), reader.width());
            return reader.read();
        }
    }

    private static void checkBytes(byte[] bytes, ImageEncoding encoding, ImageLimits limits)
            throws ImageDecodingException {
        limits.checkBytes(bytes);
        if (!encoding.begins(bytes)) {
            throw new ImageDecodingException(
                    Reason.CORRUPT, "the bytes do not begin as " + encoding.contentType() + " does");
        }
    }

    private void checkSize(int height, int width) throws ImageDecodingException {
        if (height != shape.height() || width != shape.width()) {
            throw new ImageDecodingException(
                    Reason.WRONG_SIZE,
                    "an image needs height x width " + shape.height() + " x " + shape.width() + ", found " + height
                            + " x " + width);
        }
    }
}
