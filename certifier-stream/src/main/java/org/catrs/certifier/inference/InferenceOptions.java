// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.inference;

import org.catrs.schemas.InvalidDataException;

/**
 * How a network is run.
 *
 * @param threads threads that run it; 0 for one per core
 */
public record InferenceOptions(int threads) {
    /** One thread per core. */
    public static final InferenceOptions DEFAULT = new InferenceOptions(0);

    /** @throws InvalidDataException when the number of threads is negative */
    public InferenceOptions {
        if (threads < 0) {
            throw new InvalidDataException(
                    "the number of inference threads must be 0 (one per core) or more, found " + threads);
        }
    }

    int threadsOrCores() {
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
