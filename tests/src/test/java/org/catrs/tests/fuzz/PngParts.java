// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A right PNG in parts: its signature, then its chunks. What is changed in a chunk gets a right checksum again. */
final class PngParts implements Parts {
    private static final int SIGNATURE_BYTES = 8;
    private static final int FRAME_BYTES = 12;
    private static final String[] TYPES = {
        "PLTE", "tRNS", "IDAT", "IEND", "IHDR", "acTL", "iCCP", "gAMA", "zTXt", "sBIT", "ABCD"
    };

    @Override
    public List<byte[]> split(byte[] png) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(Arrays.copyOf(png, SIGNATURE_BYTES));
        for (int at = SIGNATURE_BYTES; at < png.length; ) {
            int end = at + FRAME_BYTES + ByteBuffer.wrap(png).getInt(at);
            parts.add(Arrays.copyOfRange(png, at, end));
            at = end;
        }
        return parts;
    }

    @Override
    public byte[] mutated(byte[] chunk, Random random) {
        if (chunk.length < FRAME_BYTES) {
            return Mutation.some(chunk, random);
        }
        String type = new String(chunk, 4, 4, StandardCharsets.ISO_8859_1);
        byte[] content = Arrays.copyOfRange(chunk, 8, chunk.length - 4);
        byte[] changed = type.equals("IDAT") && random.nextBoolean() ? rowsMutated(content, random) : content;
        if (changed == content && content.length > 0) {
            changed = Mutation.some(content, random);
        }
        return chunk(random.nextInt(16) == 0 ? TYPES[random.nextInt(TYPES.length)] : type, changed);
    }

    private static byte[] chunk(String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(content);
        return ByteBuffer.allocate(FRAME_BYTES + content.length)
                .putInt(content.length)
                .put(name)
                .put(content)
                .putInt((int) crc.getValue())
                .array();
    }

    /** Changes what stands compressed in a chunk; nothing where it was changed before, so that it is not compressed any more. */
    private static byte[] rowsMutated(byte[] data, Random random) {
        try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(data))) {
            return deflated(Mutation.some(in.readAllBytes(), random));
        } catch (IOException notCompressed) {
            return data;
        }
    }

    private static byte[] deflated(byte[] rows) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            out.write(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
