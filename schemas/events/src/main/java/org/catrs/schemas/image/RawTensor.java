// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.catrs.schemas.image.ImageDecodingException.Reason;

/**
 * The raw tensor encoding, {@code application/x-catrs-tensor}: a header of {@value #HEADER_BYTES} bytes, big-endian,
 * then the values.
 *
 * <pre>
 * offset  bytes  field
 * 0       4      magic, ASCII "CATR"
 * 4       1      version, 1
 * 5       1      dtype, 1 = uint8
 * 6       2      C, channels
 * 8       4      H, height
 * 12      4      W, width
 * 16      CHW    values, C x H x W, row-major within a channel
 * </pre>
 *
 * In Python: {@code struct.pack(">4sBBHII", b"CATR", 1, 1, c, h, w) + x.astype("uint8").tobytes()}.
 */
public final class RawTensor {
    static final String MAGIC = "CATR";
    static final int HEADER_BYTES = 16;

    private static final byte VERSION = 1;
    private static final byte UINT8 = 1;

    private RawTensor() {}

    /**
     * Encodes an image.
     *
     * @throws IllegalArgumentException when it has more than 65,535 channels
     */
    public static byte[] encode(ImageTensor image) {
        ImageShape shape = image.shape();
        if (shape.channels() > 0xFFFF) {
            throw new IllegalArgumentException("a raw tensor has at most 65535 channels, found " + shape.channels());
        }
        return ByteBuffer.allocate(HEADER_BYTES + shape.size())
                .put(MAGIC.getBytes(StandardCharsets.US_ASCII))
                .put(VERSION)
                .put(UINT8)
                .putShort((short) shape.channels())
                .putInt(shape.height())
                .putInt(shape.width())
                .put(image.toByteArray())
                .array();
    }

    /** Decodes bytes whose magic and limit in bytes have been checked. */
    static ImageTensor decode(byte[] bytes, ImageLimits limits) throws ImageDecodingException {
        if (bytes.length < HEADER_BYTES) {
            throw corrupt("a raw tensor has a header of " + HEADER_BYTES + " bytes, found " + bytes.length);
        }
        ByteBuffer header = ByteBuffer.wrap(bytes).position(MAGIC.length());
        int version = header.get();
        int dtype = header.get();
        if (version != VERSION || dtype != UINT8) {
            throw new ImageDecodingException(
                    Reason.UNSUPPORTED,
                    "a raw tensor needs version 1 and dtype 1 (uint8), found version " + version + " and dtype "
                            + dtype);
        }
        long channels = Short.toUnsignedLong(header.getShort());
        long height = Integer.toUnsignedLong(header.getInt());
        long width = Integer.toUnsignedLong(header.getInt());
        String found = channels + " x " + height + " x " + width;
        if (channels == 0 || height == 0 || width == 0) {
            throw corrupt("a raw tensor needs positive dimensions, found " + found);
        }
        limits.checkPixels(height, width);
        long values = channels * height * width;
        if (values != bytes.length - HEADER_BYTES) {
            throw corrupt("a raw tensor of shape " + found + " has " + values + " values, found "
                    + (bytes.length - HEADER_BYTES));
        }
        ImageShape shape = new ImageShape((int) channels, (int) height, (int) width);
        return ImageTensor.of(shape, Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length));
    }

    private static ImageDecodingException corrupt(String message) {
        return new ImageDecodingException(Reason.CORRUPT, message);
    }
}
