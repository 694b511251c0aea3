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
        byte[] bytes = bytes(file, limits);
        try {
            return new ImageDecoder(shape, limits).decode(bytes, encoding(file, bytes));
        } catch (ImageDecodingException e) {
            throw new InvalidDataException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The shape that an image file has: 1 channel where it is gray, otherwise 3.
     *
     * @throws InvalidDataException when the file cannot be read or is no image; the message names it
     */
    public static ImageShape shape(Path file, ImageLimits limits) {
        byte[] bytes = bytes(file, limits);
        try {
            return ImageDecoder.decodeAsStored(bytes, encoding(file, bytes), limits)
                    .shape();
        } catch (ImageDecodingException e) {
            throw new InvalidDataException(file + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file, ImageLimits limits) {
        try {
            long size = Files.size(file);
            if (size > limits.maxBytes()) {
                throw new InvalidDataException(
                        file + ": an image may have at most " + limits.maxBytes() + " bytes, found " + size);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new InvalidDataException(file + ": cannot be read: " + e, e);
        }
    }

    private static ImageEncoding encoding(Path file, byte[] bytes) {
        return ImageEncoding.ofSignature(bytes)
                .orElseThrow(() -> new InvalidDataException(file + ": needs to be PNG, JPEG or "
                        + ImageEncoding.TENSOR.contentType() + ", begins as none of them"));
    }
}
