// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.inference;

import org.catrs.schemas.InvalidDataException;

/**
 * How a network is run.
 *
 * @param threads threads that run it; 0 for one per core
 * @param precision arithmetic that it runs in
 */
public record InferenceOptions(int threads, Precision precision) {
    /** One thread per core, in the network's own arithmetic. */
    public static final InferenceOptions DEFAULT = new InferenceOptions(0, Precision.FP32);

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
