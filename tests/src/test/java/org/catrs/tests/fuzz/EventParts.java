// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A CloudEvent in JSON in parts: its members, each with the comma before it. */
final class EventParts implements Parts {
    private static final String[] OPENINGS = {"[", "{\"a\":", "\"\\u0000", "1e9", " ", "-"};

    @Override
    public List<byte[]> split(byte[] event) {
        List<byte[]> parts = new ArrayList<>();
        int from = 0;
        for (int at = 1; at <= event.length; at++) {
            if (at == event.length || event[at] == ',') {
                parts.add(Arrays.copyOfRange(event, from, at));
                from = at;
            }
        }
        return parts;
    }

    @Override
    public byte[] mutated(byte[] member, Random random) {
        if (random.nextInt(4) > 0) {
            return Mutation.some(member, random);
        }
        byte[] opening = OPENINGS[random.nextInt(OPENINGS.length)].getBytes(StandardCharsets.UTF_8);
        int colon = new String(member, StandardCharsets.ISO_8859_1).indexOf(':') + 1;
        return Bytes.joined(
                Arrays.copyOf(member, colon),
                Bytes.repeated(opening, 1 + random.nextInt(100_000)),
                Arrays.copyOfRange(member, colon, member.length));
    }
}
