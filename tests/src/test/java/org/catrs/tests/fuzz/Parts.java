// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A file format that consists of parts, which can be changed so that what is outside of them stays right. */
interface Parts {
    /** Most bytes of a record that is made of parts, as much as a certifier takes by default. */
    int MOST_BYTES = 1 << 20;

    /** @param file a right one */
    List<byte[]> split(byte[] file);

    /** Changes what is in a part. */
    byte[] mutated(byte[] part, Random random);

    /** Changes, repeats, moves and takes out parts of a file. */
    default byte[] mutatedFile(byte[] file, Random random) {
        List<byte[]> parts = new ArrayList<>(split(file));
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            int at = random.nextInt(parts.size());
            switch (random.nextInt(8)) {
                case 0 -> parts.set(at, Bytes.repeated(parts.get(at), times(parts, at, random)));
                case 1 -> parts.add(random.nextInt(parts.size()), parts.get(at));
                case 2 -> {
                    if (parts.size() > 1) {
                        parts.remove(at);
                    }
                }
                default -> parts.set(at, mutated(parts.get(at), random));
            }
        }
        return Bytes.joined(parts);
    }

    /** Now and then as often as a record has room for. */
    private static int times(List<byte[]> parts, int at, Random random) {
        int most = MOST_BYTES / Math.max(1, parts.get(at).length);
        return 1 + random.nextInt(random.nextInt(50) == 0 ? Math.max(1, most) : Math.min(200, Math.max(1, most)));
    }
}
