// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of a mebibyte at most that make a decoder do the same again and again. */
final class CostliestImagesTest {
    /** Of CPU time. */
    private static final double MOST_SECONDS = 2;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** With the first one, as many as a small image may have. */
    private static final int REPEATED_SCANS = 99;

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void shouldDecodeOrRefuseSoon(String name, ImageEncoding encoding, int side, byte[] file) {
        ImageDecoder decoder = new ImageDecoder(new ImageShape(3, side, side), ImageLimits.DEFAULT);
        assertThat(file).hasSizeLessThanOrEqualTo(1 << 20);
        long begin = THREADS.getCurrentThreadCpuTime();
        boolean decoded = decodes(decoder, file, encoding);
        double seconds = (THREADS.getCurrentThreadCpuTime() - begin) / 1e9;
        assertThat(seconds).as("seconds of CPU; decoded: " + decoded).isLessThan(MOST_SECONDS);
    }

    private static boolean decodes(ImageDecoder decoder, byte[] file, ImageEncoding encoding) {
        try {
            return decoder.decode(file, encoding) != null;
        } catch (ImageDecodingException refused) {
            return false;
        }
    }

    static Stream<Arguments> files() {
        byte[] png = encode("png", 64, false);
        byte[] jpeg = encode("jpeg", 64, false);
        byte[] restart = {(byte) 0xFF, (byte) 0xDD, 0, 4, 0, 1};
        return Stream.of(
                Arguments.of("scans of a small image", ImageEncoding.JPEG, 224, manyScans(224)),
                Arguments.of("scans of a large image", ImageEncoding.JPEG, 1024, manyScans(1024)),
                Arguments.of("scans of a larger image", ImageEncoding.JPEG, 2048, manyScans(2048)),
                Arguments.of("scans of the largest image", ImageEncoding.JPEG, 4096, manyScans(4096)),
                Arguments.of("tables", ImageEncoding.JPEG, 64, inserted(jpeg, 2, repeated(endOfBandTable(), 45_000))),
                Arguments.of("restarts", ImageEncoding.JPEG, 64, inserted(jpeg, 2, repeated(restart, 170_000))),
                Arguments.of("empty chunks before", ImageEncoding.PNG, 64, inserted(png, 33, repeated(data(), 80_000))),
                Arguments.of(
                        "empty chunks behind",
                        ImageEncoding.PNG,
                        64,
                        inserted(png, png.length - 12, repeated(data(), 80_000))),
                Arguments.of("a gigabyte behind the pixels", ImageEncoding.PNG, 64, gigabyte(png)));
    }

    @Test
    void shouldRefuseMoreScansThanEncodersWrite() {
        ImageDecoder decoder = new ImageDecoder(new ImageShape(3, 2048, 2048), ImageLimits.DEFAULT);
        assertThatThrownBy(() -> decoder.decode(manyScans(2048), ImageEncoding.JPEG))
                .isInstanceOf(ImageDecodingException.class)
                .hasMessage("a JPEG of this size may have at most 25 scans, found more");
    }

    /** A progressive file's first scan, and then scans in which one run of zeros goes through the whole image. */
    private static byte[] manyScans(int side) {
        byte[] jpeg = encode("jpeg", side, true);
        int scan = indexOf(jpeg, (byte) 0xDA, 2);
        int end = scan + 2;
        while (jpeg[end] != (byte) 0xFF || jpeg[end + 1] == 0) {
            end++;
        }
        int blocks = side / 8 * (side / 8);
        // A code is a bit, with 14 bits that say how many blocks beyond 16,384 the run goes on for.
        int bits = 15 * (blocks / 16_384) + (blocks % 16_384 == 0 ? 0 : 15);
        byte[] head = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 1, 63, 0};
        byte[] empty = Arrays.copyOf(head, head.length + (bits + 7) / 8);
        return joined(Arrays.copyOf(jpeg, end), endOfBandTable(), repeated(empty, REPEATED_SCANS), new byte[] {
            (byte) 0xFF, (byte) 0xD9
        });
    }

    /** A Huffman table with one code, of one bit: a run of 16,384 blocks or more without coefficients. */
    private static byte[] endOfBandTable() {
        byte[] table = new byte[22];
        ByteBuffer.wrap(table)
                .putShort((short) 0xFFC4)
                .putShort((short) 20)
                .put((byte) 0x10)
                .put((byte) 1);
        table[21] = (byte) 0xE0;
        return table;
    }

    private static byte[] gigabyte(byte[] png) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 1_000; i++) {
                out.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return joined(
                Arrays.copyOf(png, 33),
                chunk("IDAT", compressed.toByteArray()),
                Arrays.copyOfRange(png, png.length - 12, png.length));
    }

    private static byte[] data() {
        return chunk("IDAT", new byte[0]);
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(12 + content.length)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    /** Where a marker begins. */
    private static int indexOf(byte[] jpeg, byte marker, int from) {
        int at = from;
        while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] != marker) {
            at++;
        }
        return at;
    }

    private static byte[] inserted(byte[] file, int at, byte[] part) {
        return joined(Arrays.copyOf(file, at), part, Arrays.copyOfRange(file, at, file.length));
    }

    private static byte[] repeated(byte[] part, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream(part.length * times);
        for (int i = 0; i < times; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] encode(String format, int side, boolean progressive) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
