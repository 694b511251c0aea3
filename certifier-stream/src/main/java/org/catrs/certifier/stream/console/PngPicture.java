// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** An image as PNG: gray where it has one channel or none that is red, green and blue, else in colours. */
final class PngPicture {
    private PngPicture() {}

    /** The same in Base64. */
    static String inBase64(ImageTensor image) {
        return Base64.getEncoder().encodeToString(of(image));
    }

    static byte[] of(ImageTensor image) {
        ImageShape shape = image.shape();
        int plane = shape.height() * shape.width();
        int green = shape.channels() == 3 ? plane : 0;
        BufferedImage picture = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < plane; i++) {
            int rgb = (image.value(i) << 16) | (image.value(green + i) << 8) | image.value(2 * green + i);
            picture.setRGB(i % shape.width(), i / shape.width(), rgb);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(picture, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
