// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Images as a producer makes them, without any library of catrs's. */
public final class TestImages {
    static final int SIDE = 8;

    private TestImages() {}

    /** An RGB image of 8 x 8 with this value in each channel of each pixel. */
    public static byte[] png(int value) {
        return encode("png", SIDE, value, value);
    }

    /** As {@link #png(int)}, with a chunk behind its header that only makes it so large. */
    public static byte[] png(int value, int bytes) {
        byte[] png = png(value);
        int header = 8 + 12 + 13;
        byte[] type = "juNk".getBytes(StandardCharsets.US_ASCII);
        int junk = bytes - png.length - 12;
        CRC32 crc = new CRC32();
        crc.update(type);
        crc.update(new byte[junk]);
        return ByteBuffer.allocate(bytes)
                .put(png, 0, header)
                .putInt(junk)
                .put(type)
                .put(new byte[junk])
                .putInt((int) crc.getValue())
                .put(png, header, png.length - header)
                .array();
    }

    /** An RGB image of 8 x 8 whose mean is exactly 1/2: the model's classes are equally likely. */
    public static byte[] undecidedPng() {
        return encode("png", SIDE, 127, 128);
    }

    static byte[] pngOfSide(int side) {
        return encode("png", side, 255, 255);
    }

    static byte[] jpeg(int value) {
        return encode("jpg", SIDE, value, value);
    }

    /** A raw tensor of 3 x 8 x 8 with these many values, of which 192 are right. */
    static byte[] tensor(int value, int values) {
        byte[] pixels = new byte[values];
        Arrays.fill(pixels, (byte) value);
        return ByteBuffer.allocate(16 + values)
                .put("CATR".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 1)
                .putShort((short) 3)
                .putInt(SIDE)
                .putInt(SIDE)
                .put(pixels)
                .array();
    }

    private static byte[] encode(String format, int side, int leftValue, int rightValue) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                image.setRGB(x, y, 0x010101 * (x < side / 2 ? leftValue : rightValue));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalStateException("no writer for " + format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
