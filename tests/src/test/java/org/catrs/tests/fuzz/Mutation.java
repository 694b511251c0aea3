// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import java.util.Arrays;
import java.util.Random;

/** What is done to bytes, whatever they mean. */
enum Mutation {
    FLIP_A_BIT {
        @Override
        byte[] of(byte[] bytes, Random random) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            return bytes;
        }
    },
    SET_A_BYTE {
        @Override
        byte[] of(byte[] bytes, Random random) {
            bytes[random.nextInt(bytes.length)] = TELLING[random.nextInt(TELLING.length)];
            return bytes;
        }
    },
    SET_A_NUMBER {
        @Override
        byte[] of(byte[] bytes, Random random) {
            int at = random.nextInt(bytes.length);
            byte value = TELLING[random.nextInt(TELLING.length)];
            Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(4)), value);
            return bytes;
        }
    },
    CUT_THE_END {
        @Override
        byte[] of(byte[] bytes, Random random) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
    },
    TAKE_OUT {
        @Override
        byte[] of(byte[] bytes, Random random) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(64));
            return Bytes.joined(Arrays.copyOf(bytes, from), Arrays.copyOfRange(bytes, to, bytes.length));
        }
    },
    REPEAT {
        @Override
        byte[] of(byte[] bytes, Random random) {
            int from = random.nextInt(bytes.length);
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(64)));
            return Bytes.joined(
                    Arrays.copyOf(bytes, from),
                    Bytes.repeated(part, 1 + random.nextInt(8)),
                    Arrays.copyOfRange(bytes, from, bytes.length));
        }
    },
    RANDOM_BYTES {
        @Override
        byte[] of(byte[] bytes, Random random) {
            byte[] noise = new byte[1 + random.nextInt(32)];
            random.nextBytes(noise);
            int at = random.nextInt(bytes.length);
            System.arraycopy(noise, 0, bytes, at, Math.min(noise.length, bytes.length - at));
            return bytes;
        }
    };

    private static final byte[] TELLING = {0, 1, 2, 3, 4, 8, 16, 0x3F, 0x40, 0x7F, (byte) 0x80, (byte) 0xFE, (byte) 0xFF
    };

    /** @param bytes at least one; may be changed */
    abstract byte[] of(byte[] bytes, Random random);

    /** Does some of these to bytes. */
    static byte[] some(byte[] bytes, Random random) {
        byte[] mutated = bytes.clone();
        for (int times = 1 + random.nextInt(4); times > 0 && mutated.length > 0; times--) {
            mutated = values()[random.nextInt(values().length)].of(mutated, random);
        }
        return mutated;
    }
}
