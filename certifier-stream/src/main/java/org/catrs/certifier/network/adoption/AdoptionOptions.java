// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a network that it does not say itself.
 *
 * @param preparation what its pixels have to go through; null where that is not said
 * @param blueFirst whether it takes blue, green, red
 * @param layout null for what its input's shape says
 * @param size height and width, or channels, height and width; empty where its input's shape has them
 * @param output name of the scores; null where there is one output that can be they
 * @param threshold above which a single score means the second of two classes; null for 0.5 behind a Sigmoid
 */
public record AdoptionOptions(
        @Nullable PixelPreparation preparation,
        boolean blueFirst,
        @Nullable ImageLayout layout,
        List<Integer> size,
        @Nullable String output,
        @Nullable Float threshold) {
    /** Nothing is said. */
    static final AdoptionOptions NONE = new AdoptionOptions(null, false, null, List.of(), null, null);

    /** @throws InvalidDataException when the size is none */
    public AdoptionOptions {
        size = List.copyOf(size);
        boolean isSize = size.isEmpty() || size.size() == 2 || size.size() == 3;
        if (!isSize || size.stream().anyMatch(each -> each < 1)) {
            throw new InvalidDataException("--size is H,W or C,H,W, each above 0, found " + size);
        }
    }
}
