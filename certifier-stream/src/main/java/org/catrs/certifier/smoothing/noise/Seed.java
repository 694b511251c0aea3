// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The AES-128 key that all noise of one certificate is drawn with. */
public record Seed(long high, long low) {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A seed that nobody could have known before. */
    public static Seed random() {
        return new Seed(RANDOM.nextLong(), RANDOM.nextLong());
    }

    /**
     * Reads a seed from 32 hex digits.
     *
     * @throws IllegalArgumentException when the text is anything else
     */
    public static Seed parse(String hex) {
        if (hex.length() != 32) {
            throw new IllegalArgumentException("a seed has 32 hex digits, found '" + hex + "'");
        }
        return new Seed(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    /** The seed as 32 lower-case hex digits: the key's bytes in their order. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
