// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A right JPEG in parts: its segments, each scan's data with its header. What is changed keeps a right length. */
final class JpegParts implements Parts {
    private static final int SOS = 0xDA;

    @Override
    public List<byte[]> split(byte[] jpeg) {
        List<byte[]> parts = new ArrayList<>();
        parts.add(Arrays.copyOf(jpeg, 2));
        for (int at = 2; at < jpeg.length; ) {
            int end = at + 2 < jpeg.length - 1 ? at + 2 + length(jpeg, at + 2) : jpeg.length;
            if (Byte.toUnsignedInt(jpeg[at + 1]) == SOS) {
                end = endOfScan(jpeg, end);
            }
            parts.add(Arrays.copyOfRange(jpeg, at, end));
            at = end;
        }
        return parts;
    }

    private static int length(byte[] jpeg, int at) {
        return Byte.toUnsignedInt(jpeg[at]) << 8 | Byte.toUnsignedInt(jpeg[at + 1]);
    }

    private static int endOfScan(byte[] jpeg, int begin) {
        int at = begin;
        while (jpeg[at] != (byte) 0xFF || jpeg[at + 1] == 0) {
            at++;
        }
        return at;
    }

    @Override
    public byte[] mutated(byte[] segment, Random random) {
        if (segment.length <= 4) {
            return Mutation.some(segment, random);
        }
        byte[] changed = Mutation.some(Arrays.copyOfRange(segment, 4, segment.length), random);
        byte[] head = Arrays.copyOf(segment, 4);
        if (head[1] != (byte) SOS) {
            int length = Math.min(0xFFFF, changed.length + 2);
            head[2] = (byte) (length >> 8);
            head[3] = (byte) length;
        }
        if (random.nextInt(16) == 0) {
            head[1] = (byte) (0xC0 + random.nextInt(0x40));
        }
        return Bytes.joined(head, changed);
    }
}
