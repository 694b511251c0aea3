// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.catrs.schemas.image.ImageDecodingException.Reason;

/**
 * A JPEG file (ITU-T T.81), looked through before it is decoded.
 *
 * <p>ImageIO converts by a colour profile, takes other files for RGB than libjpeg does, and decodes as many scans as there
 * are. Here profiles and all else that is no pixel are left out, the colours are told as libjpeg tells them
 * ({@code default_decompress_parms} of jdapimin.c), and the decoder is told by a marker that leaves it no choice.
 */
final class JpegFile {
    /** Encoders write a dozen at most; each takes a pass over the whole image, however few bytes it has. */
    private static final int MOST_SCANS = 100;

    /** In large images, fewer: as many as have so many pixels together. */
    private static final long MOST_PIXELS_OF_SCANS = 100L << 20;

    /** But never fewer than these. */
    private static final int SCANS_OF_ANY_IMAGE = 20;

    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;
    private static final int TEM = 0x01;
    private static final int RST0 = 0xD0;
    private static final int RST7 = 0xD7;

    private final byte[] jpeg;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int position = 2;
    private int scans;
    private long mostScans;
    private int components;
    private String componentIds = "";
    private boolean seenJfif;
    private int adobeTransform = -1;

    private JpegFile(byte[] jpeg) {
        this.jpeg = jpeg;
    }

    /**
     * The same image, with nothing but what decides its pixels.
     *
     * @param jpeg bytes that begin with a JPEG's signature
     * @throws ImageDecodingException when a segment is damaged or missing, the image is of a kind that is not decoded, or
     *     has more scans than an encoder writes
     */
    static byte[] onlyPixels(byte[] jpeg) throws ImageDecodingException {
        return new JpegFile(jpeg).read();
    }

    private byte[] read() throws ImageDecodingException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        for (int marker = nextMarker(); marker != EOI; marker = nextMarker()) {
            if (marker == SOI) {
                throw corrupt("a second image begins in it");
            }
            if (marker == TEM || (marker >= RST0 && marker <= RST7)) {
                continue;
            }
            int start = position;
            int length = segment(marker);
            if (scans == 0) {
                look(marker, start + 2, length - 2);
            }
            if (!isPassedOver(marker)) {
                write(marker, start, start + length);
            }
            if (marker == SOS) {
                if (components == 0) {
                    throw corrupt("a scan comes before its frame");
                }
                if (scans == 0) {
                    requireGrayOrColour();
                    header.write(0xFF);
                    header.write(SOI);
                    writeColours(header);
                }
                scans++;
                if (scans > mostScans) {
                    throw new ImageDecodingException(
                            Reason.UNSUPPORTED,
                            "a JPEG of this size may have at most " + mostScans + " scans, found more");
                }
                writeScan();
            }
        }
        if (scans == 0) {
            throw corrupt("it has no image data");
        }
        header.writeBytes(out.toByteArray());
        header.write(0xFF);
        header.write(EOI);
        return header.toByteArray();
    }

    /** The next marker's code; the marker is passed. */
    private int nextMarker() throws ImageDecodingException {
        if (position + 1 >= jpeg.length) {
            throw corrupt("it ends before its end marker");
        }
        if (at(position) != 0xFF) {
            throw corrupt("there are bytes between its segments, at " + position);
        }
        while (position < jpeg.length && at(position) == 0xFF) {
            position++;
        }
        if (position >= jpeg.length) {
            throw corrupt("it ends before its end marker");
        }
        int marker = at(position);
        if (marker == 0) {
            throw corrupt("there are bytes between its segments, at " + position);
        }
        position++;
        return marker;
    }

    /** Passes a segment; gives its length, that of the length's own two bytes included. */
    private int segment(int marker) throws ImageDecodingException {
        if (position + 2 > jpeg.length) {
            throw corrupt("it ends inside a segment");
        }
        int length = number(position);
        if (length < 2 || position + length > jpeg.length) {
            throw corrupt(
                    "it ends inside a segment of " + length + " bytes (marker " + Integer.toHexString(marker) + ")");
        }
        position += length;
        return length;
    }

    /** Sees what decides how the image is decoded, before its first scan. */
    private void look(int marker, int start, int length) throws ImageDecodingException {
        if (marker == APP0 && length >= 14 && text(start, 5).equals("JFIF\0")) {
            seenJfif = true;
        } else if (marker == APP14 && length >= 12 && text(start, 5).equals("Adobe")) {
            adobeTransform = at(start + 11);
        } else if (isFrame(marker)) {
            if (components != 0) {
                throw corrupt("it has a second frame");
            }
            requireDecodable(marker);
            frame(start, length);
        }
    }

    /** SOF0 to SOF15, but for DHT (C4), JPG (C8) and DAC (CC), and the hierarchical DHP (DE). */
    private static boolean isFrame(int marker) {
        return (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC)
                || marker == 0xDE;
    }

    private static void requireDecodable(int marker) throws ImageDecodingException {
        String kind = switch (marker) {
            case 0xC0, 0xC1, 0xC2 -> "";
            case 0xC3 -> "lossless";
            case 0xC9, 0xCA -> "arithmetic-coded";
            case 0xCB -> "lossless arithmetic-coded";
            default -> "hierarchical";
        };
        if (!kind.isEmpty()) {
            throw unsupported("baseline or progressive, and Huffman-coded", kind);
        }
    }

    private void frame(int start, int length) throws ImageDecodingException {
        if (length < 6 || length < 6 + 3 * at(start + 5)) {
            throw corrupt("its frame is too short");
        }
        if (at(start) != 8) {
            throw unsupported("of 8 bits a channel", at(start) + "-bit");
        }
        if (number(start + 1) == 0) {
            throw unsupported("of a height that its frame says", "one that says it later");
        }
        long pixels = (long) number(start + 1) * number(start + 3);
        mostScans = Math.max(SCANS_OF_ANY_IMAGE, Math.min(MOST_SCANS, MOST_PIXELS_OF_SCANS / Math.max(1, pixels)));
        components = at(start + 5);
        StringBuilder ids = new StringBuilder();
        for (int i = 0; i < components; i++) {
            ids.append((char) at(start + 6 + 3 * i));
        }
        componentIds = ids.toString();
    }

    private void requireGrayOrColour() throws ImageDecodingException {
        if (components == 1 || components == 3) {
            return;
        }
        String fourth = adobeTransform == 2 ? "YCCK" : "CMYK";
        String found = components == 4 ? "one in " + fourth : "one of " + components + " components";
        throw new ImageDecodingException(
                Reason.WRONG_CHANNELS, "a JPEG needs to be gray or of red, green and blue, found " + found);
    }

    /** Says in Adobe's marker what the three components are; ImageIO then does not guess. */
    private void writeColours(ByteArrayOutputStream header) {
        if (components == 3) {
            header.writeBytes(
                    new byte[] {(byte) 0xFF, (byte) APP14, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0});
            header.write(isRgb() ? 0 : 1);
        }
    }

    /** As libjpeg tells: JFIF goes before Adobe, that before the components' ids; all else is YCbCr. */
    private boolean isRgb() {
        if (seenJfif) {
            return false;
        }
        return adobeTransform >= 0 ? adobeTransform == 0 : componentIds.equals("RGB");
    }

    private static boolean isPassedOver(int marker) {
        return (marker >= APP0 && marker <= APP15) || marker == COM;
    }

    private void write(int marker, int from, int to) {
        out.write(0xFF);
        out.write(marker);
        out.write(jpeg, from, to - from);
    }

    /** Passes a scan's data on, up to the next marker that is no restart. */
    private void writeScan() throws ImageDecodingException {
        int from = position;
        while (true) {
            if (position + 1 >= jpeg.length) {
                throw corrupt("it ends inside a scan");
            }
            int next = at(position + 1);
            if (at(position) == 0xFF && next != 0 && next != 0xFF && !(next >= RST0 && next <= RST7)) {
                out.write(jpeg, from, position - from);
                return;
            }
            position++;
        }
    }

    private String text(int start, int length) {
        return new String(jpeg, start, length, StandardCharsets.ISO_8859_1);
    }

    /** Of two bytes. */
    private int number(int index) {
        return at(index) << 8 | at(index + 1);
    }

    private int at(int index) {
        return Byte.toUnsignedInt(jpeg[index]);
    }

    private static ImageDecodingException corrupt(String message) {
        return new ImageDecodingException(Reason.CORRUPT, "damaged JPEG: " + message);
    }

    private static ImageDecodingException unsupported(String needed, String found) {
        return new ImageDecodingException(Reason.UNSUPPORTED, "a JPEG needs to be " + needed + ", found " + found);
    }
}
