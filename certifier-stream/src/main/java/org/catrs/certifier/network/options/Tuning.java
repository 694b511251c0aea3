// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.options;

import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/**
 * What is pinned of the settings that decide a network's speed; the rest is picked by measuring.
 *
 * @param optimization null to be picked
 * @param batch images in a run; 0 to be picked
 */
public record Tuning(@Nullable Optimization optimization, int batch) {
    /** Everything is picked. */
    public static final Tuning AUTOMATIC = new Tuning(null, 0);

    private static final int LARGEST_BATCH = 65_536;

    /** @throws InvalidDataException when the batch is negative or above 65,536 */
    public Tuning {
        if (batch < 0 || batch > LARGEST_BATCH) {
            throw new InvalidDataException(
                    "a batch holds 1 to " + LARGEST_BATCH + " images, or 0 for as many as is fastest; found " + batch);
        }
    }
}
