// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.zip.CRC32;
import org.catrs.schemas.image.ImageDecodingException.Reason;

/**
 * The chunks of a PNG file (ISO/IEC 15948, section 5), looked through before it is decoded.
 *
 * <p>ImageIO checks no CRC, so a flipped bit would pass as another image; and in palette images it inflates compressed
 * text of any size into memory. Both are dealt with here: each CRC is checked, and only the chunks that make up the
 * pixels are passed on.
 */
final class PngChunks {
    private static final int SIGNATURE_BYTES = 8;
    private static final int FRAME_BYTES = 12;
    private static final int BIT_DEPTH_OFFSET = SIGNATURE_BYTES + 8 + 8;
    private static final Set<String> PIXELS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private PngChunks() {}

    /**
     * The same image without the chunks that do not make up its pixels.
     *
     * @param png bytes that begin with PNG's signature
     * @throws ImageDecodingException when a chunk is damaged or missing, or the image is animated or of 16 bits
     */
    static byte[] onlyPixels(byte[] png) throws ImageDecodingException {
        ByteBuffer in = ByteBuffer.wrap(png).position(SIGNATURE_BYTES);
        ByteBuffer out = ByteBuffer.allocate(png.length).put(png, 0, SIGNATURE_BYTES);
        String type = "";
        while (!type.equals("IEND")) {
            int start = in.position();
            type = readChunk(in);
            if (start == SIGNATURE_BYTES && !type.equals("IHDR")) {
                throw corrupt("a PNG begins with IHDR, found " + type);
            }
            if (type.equals("acTL")) {
                throw new ImageDecodingException(Reason.UNSUPPORTED, "an image has one frame, found an animated PNG");
            }
            if (PIXELS.contains(type)) {
                out.put(png, start, in.position() - start);
            }
        }
        if (png[BIT_DEPTH_OFFSET] == 16) {
            throw new ImageDecodingException(
                    Reason.UNSUPPORTED, "an image has 8 bits a channel, found a PNG of 16; convert it to 8");
        }
        byte[] pixels = new byte[out.position()];
        out.flip().get(pixels);
        return pixels;
    }

    private static String readChunk(ByteBuffer in) throws ImageDecodingException {
        if (in.remaining() < FRAME_BYTES) {
            throw corrupt("PNG ends before its IEND chunk");
        }
        int length = in.getInt();
        if (length < 0 || length > in.remaining() - 8) {
            throw corrupt("PNG ends inside a chunk of " + Integer.toUnsignedString(length) + " bytes");
        }
        byte[] typeAndContent = new byte[4 + length];
        in.get(typeAndContent);
        CRC32 crc = new CRC32();
        crc.update(typeAndContent);
        if (in.getInt() != (int) crc.getValue()) {
            throw corrupt("the checksum of a PNG chunk does not match its content");
        }
        return new String(typeAndContent, 0, 4, StandardCharsets.ISO_8859_1);
    }

    private static ImageDecodingException corrupt(String message) {
        return new ImageDecodingException(Reason.CORRUPT, message);
    }
}
