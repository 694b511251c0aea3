// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;

/** Reads image files, whose encoding is told by their first bytes and not by their name. */
public final class ImageFiles {
    private ImageFiles() {}

    /**
     * Reads an image of a given shape.
     *
     * @return uint8, of the given shape
     * @throws InvalidDataException when the file cannot be read or is no such image; the message names it
     */
    public static ImageTensor read(Path file, ImageShape shape, ImageLimits limits) {
        return read(bytes(file, limits), file.toString(), shape, limits);
    }

    /**
     * Reads the bytes of an image of a given shape.
     *
     * @param source names them in messages
     * @return uint8, of the given shape
     * @throws InvalidDataException when they are no such image
     */
    public static ImageTensor read(byte[] bytes, String source, ImageShape shape, ImageLimits limits) {
        requireAtMost(limits, source, bytes.length);
        try {
            return new ImageDecoder(shape, limits).decode(bytes, encoding(source, bytes));
        } catch (ImageDecodingException e) {
            throw new InvalidDataException(source + ": " + e.getMessage(), e);
        }
    }

    /**
     * The shape that the bytes of an image have: 1 channel where it is gray, otherwise 3.
     *
     * @param source names them in messages
     * @throws InvalidDataException when they are no image
     */
    public static ImageShape shape(byte[] bytes, String source, ImageLimits limits) {
        requireAtMost(limits, source, bytes.length);
        try {
            return ImageDecoder.decodeAsStored(bytes, encoding(source, bytes), limits)
                    .shape();
        } catch (ImageDecodingException e) {
            throw new InvalidDataException(source + ": " + e.getMessage(), e);
        }
    }

    private static void requireAtMost(ImageLimits limits, String source, long size) {
        if (size > limits.maxBytes()) {
            throw new InvalidDataException(
                    source + ": an image may have at most " + limits.maxBytes() + " bytes, found " + size);
        }
    }

    private static byte[] bytes(Path file, ImageLimits limits) {
        try {
            requireAtMost(limits, file.toString(), Files.size(file));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(file, e);
        }
    }

    private static ImageEncoding encoding(String source, byte[] bytes) {
        return ImageEncoding.ofSignature(bytes)
                .orElseThrow(() -> new InvalidDataException(source + ": needs to be PNG, JPEG or "
                        + ImageEncoding.TENSOR.contentType() + ", begins as none of them"));
    }
}
