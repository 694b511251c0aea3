// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.catrs.schemas.image.ImageDecodingException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * A PNG file (ISO/IEC 15948), looked through before it is decoded, and what its samples mean.
 *
 * <p>ImageIO checks no CRC, so a flipped bit would pass as another image; in palette images it inflates compressed text of
 * any size into memory, and gives an index beyond the palette the last colour; what it makes of transparent colours depends
 * on its version. All that is dealt with here: only header and image data are passed on, and palette and transparency are
 * looked up in the file's own chunks.
 */
final class PngFile {
    private static final int SIGNATURE_BYTES = 8;
    private static final int FRAME_BYTES = 12;
    private static final int HEADER_BYTES = 13;
    private static final int OPAQUE = 0xFF;
    private static final int PALETTE = 3;

    private final byte[] pixels;
    private final int depth;
    private final byte @Nullable [] palette;
    private final byte @Nullable [] transparency;

    private PngFile(byte[] pixels, int depth, byte @Nullable [] palette, byte @Nullable [] transparency) {
        this.pixels = pixels;
        this.depth = depth;
        this.palette = palette;
        this.transparency = transparency;
    }

    /**
     * Looks a file through.
     *
     * @param png bytes that begin with PNG's signature
     * @throws ImageDecodingException when a chunk is damaged, missing, out of its place or unknown and critical, or the
     *     image is animated or of 16 bits
     */
    static PngFile read(byte[] png) throws ImageDecodingException {
        return new Chunks(png).read();
    }

    /** The same image, with nothing but what a decoder needs to give its samples. */
    byte[] pixels() {
        return pixels;
    }

    /**
     * The values of decoded samples.
     *
     * @param raster the samples as they are stored: indices of a palette, or gray, or colours, and alpha behind
     * @return gray or red, green and blue, and behind them alpha; each a row of 8-bit values
     * @throws ImageDecodingException when an index is beyond the palette
     */
    int[][] bands(Raster raster) throws ImageDecodingException {
        int[][] samples = Pixels.storedBands(raster);
        if (palette != null) {
            return paletteBands(samples[0], palette);
        }
        if (transparency != null) {
            int[] alpha = alpha(samples, transparency);
            samples = Arrays.copyOf(samples, samples.length + 1);
            samples[samples.length - 1] = alpha;
        }
        if (depth < 8) {
            int factor = OPAQUE / ((1 << depth) - 1);
            for (int i = 0; i < samples[0].length; i++) {
                samples[0][i] *= factor;
            }
        }
        return samples;
    }

    private int[][] paletteBands(int[] indices, byte[] colours) throws ImageDecodingException {
        int[][] bands = new int[4][indices.length];
        boolean gray = true;
        for (int i = 0; i < indices.length; i++) {
            int index = indices[i];
            if (3 * index >= colours.length) {
                throw corrupt("a pixel has colour " + index + " of a palette of " + colours.length / 3);
            }
            for (int band = 0; band < 3; band++) {
                bands[band][i] = Byte.toUnsignedInt(colours[3 * index + band]);
            }
            bands[3][i] = transparency != null && index < transparency.length
                    ? Byte.toUnsignedInt(transparency[index])
                    : OPAQUE;
            gray &= bands[0][i] == bands[1][i] && bands[0][i] == bands[2][i];
        }
        return gray ? new int[][] {bands[0], bands[3]} : bands;
    }

    /** 0 where a pixel has the transparent colour, of which each sample takes two bytes. */
    private int[] alpha(int[][] samples, byte[] colour) {
        int[] alpha = new int[samples[0].length];
        int mask = (1 << depth) - 1;
        for (int i = 0; i < alpha.length; i++) {
            boolean transparent = true;
            for (int band = 0; band < samples.length; band++) {
                int key = ByteBuffer.wrap(colour).getShort(2 * band) & mask;
                transparent &= samples[band][i] == key;
            }
            alpha[i] = transparent ? 0 : OPAQUE;
        }
        return alpha;
    }

    private static ImageDecodingException corrupt(String message) {
        return new ImageDecodingException(Reason.CORRUPT, "damaged PNG: " + message);
    }

    private static ImageDecodingException unsupported(String message) {
        return new ImageDecodingException(Reason.UNSUPPORTED, message);
    }

    /** One pass over a file's chunks. */
    private static final class Chunks {
        private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");
        private static final Pattern TYPE = Pattern.compile("[A-Za-z]{4}");

        /** The depths that each colour type may have. */
        private static final Map<Integer, Set<Integer>> DEPTHS = Map.of(
                0,
                Set.of(1, 2, 4, 8, 16),
                2,
                Set.of(8, 16),
                PALETTE,
                Set.of(1, 2, 4, 8),
                4,
                Set.of(8, 16),
                6,
                Set.of(8, 16));

        private final ByteBuffer in;
        private final ByteBuffer out;
        private final byte[] png;
        private byte @Nullable [] palette;
        private byte @Nullable [] transparency;
        private String previous = "";
        private boolean seenData;

        Chunks(byte[] png) {
            this.png = png;
            this.in = ByteBuffer.wrap(png).position(SIGNATURE_BYTES);
            this.out = ByteBuffer.allocate(png.length).put(png, 0, SIGNATURE_BYTES);
        }

        PngFile read() throws ImageDecodingException {
            while (!previous.equals("IEND")) {
                int start = in.position();
                int length = checkFrame();
                String type = new String(png, start + 4, 4, StandardCharsets.ISO_8859_1);
                byte[] content = Arrays.copyOfRange(png, start + 8, start + 8 + length);
                take(type, content);
                if (CRITICAL.contains(type) && !(type.equals("PLTE") && !isPalette())) {
                    out.put(png, start, FRAME_BYTES + length);
                }
                previous = type;
            }
            if (!seenData) {
                throw corrupt("it has no image data");
            }
            if (isPalette() && palette == null) {
                throw corrupt("it has no palette");
            }
            byte[] pixels = new byte[out.position()];
            out.flip().get(pixels);
            return new PngFile(pixels, depth(), palette, transparency);
        }

        /** Reads a chunk's frame and checks its CRC; gives its length. */
        private int checkFrame() throws ImageDecodingException {
            if (in.remaining() < FRAME_BYTES) {
                throw corrupt("it ends before its IEND chunk");
            }
            int start = in.position();
            int length = in.getInt();
            if (length < 0 || length > in.remaining() - 8) {
                throw corrupt("it ends inside a chunk of " + Integer.toUnsignedString(length) + " bytes");
            }
            CRC32 crc = new CRC32();
            crc.update(png, start + 4, 4 + length);
            in.position(start + 8 + length);
            if (in.getInt() != (int) crc.getValue()) {
                throw corrupt("the checksum of a chunk does not match its content");
            }
            return length;
        }

        private void take(String type, byte[] content) throws ImageDecodingException {
            if (!TYPE.matcher(type).matches()) {
                throw corrupt("the type of a chunk is not of four letters");
            }
            if (previous.isEmpty() != type.equals("IHDR")) {
                throw corrupt(
                        previous.isEmpty() ? "it begins with " + type + ", not with IHDR" : "it has a second IHDR");
            }
            switch (type) {
                case "IHDR" -> checkHeader(content);
                case "PLTE" -> takePalette(content);
                case "tRNS" -> takeTransparency(content);
                case "IDAT" -> {
                    if (seenData && !previous.equals("IDAT")) {
                        throw corrupt("there is a chunk " + previous + " between its image data");
                    }
                    seenData = true;
                }
                case "IEND" -> {}
                case "acTL" -> throw unsupported("an image has one frame, found an animated PNG");
                default -> {
                    if (Character.isUpperCase(type.charAt(0))) {
                        throw unsupported(
                                "a PNG may have the critical chunks IHDR, PLTE, IDAT and IEND, found " + type);
                    }
                }
            }
        }

        private void checkHeader(byte[] header) throws ImageDecodingException {
            if (header.length != HEADER_BYTES) {
                throw corrupt("its header has " + header.length + " bytes, needed are " + HEADER_BYTES);
            }
            ByteBuffer fields = ByteBuffer.wrap(header);
            int width = fields.getInt();
            int height = fields.getInt();
            if (width <= 0 || height <= 0) {
                throw corrupt("its header says " + Integer.toUnsignedString(height) + " x "
                        + Integer.toUnsignedString(width) + " pixels, needed are 1 to " + Integer.MAX_VALUE + " each");
            }
            if (!DEPTHS.getOrDefault(colourType(), Set.of()).contains(depth())) {
                throw corrupt("its header says colour type " + Byte.toUnsignedInt(header[9]) + " of "
                        + Byte.toUnsignedInt(header[8]) + " bits, which PNG does not have");
            }
            if (header[10] != 0 || header[11] != 0 || header[12] < 0 || header[12] > 1) {
                throw corrupt("its header says a compression, filter or interlace that PNG does not have");
            }
            if (depth() == 16) {
                throw unsupported("an image has 8 bits a channel, found a PNG of 16; convert it to 8");
            }
        }

        private void takePalette(byte[] colours) throws ImageDecodingException {
            if (!isPalette()) {
                return;
            }
            if (palette != null || seenData) {
                throw corrupt(palette != null ? "it has a second palette" : "its palette comes after image data");
            }
            if (colours.length == 0 || colours.length % 3 != 0 || colours.length > 3 << depth()) {
                throw corrupt("its palette has " + colours.length + " bytes, needed are 3 for each of 1 to "
                        + (1 << depth()) + " colours");
            }
            palette = colours;
        }

        private void takeTransparency(byte[] content) throws ImageDecodingException {
            byte[] colours = palette;
            int needed = colourType() == 0 ? 2 : 6;
            boolean possible = isPalette()
                    ? colours != null && content.length >= 1 && content.length <= colours.length / 3
                    : colourType() <= 2 && content.length == needed;
            if (!possible || seenData || transparency != null) {
                throw corrupt("its transparency (tRNS) is out of its place, or of another length than it needs");
            }
            transparency = content;
        }

        private int depth() {
            return png[SIGNATURE_BYTES + 16];
        }

        private int colourType() {
            return png[SIGNATURE_BYTES + 17];
        }

        private boolean isPalette() {
            return colourType() == PALETTE;
        }
    }
}
