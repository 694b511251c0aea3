// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.counts;

/**
 * How long requests for votes waited until a batch of the network took their first sample.
 *
 * @param requests number of requests of which a batch has taken a sample, at least 0
 * @param seconds that they waited for it, together
 */
public record BatchWait(long requests, double seconds) {
    /** Nobody has waited. */
    public static final BatchWait NONE = new BatchWait(0, 0);

    /** @throws IllegalArgumentException when either is negative */
    public BatchWait {
        if (requests < 0 || !(seconds >= 0)) {
            throw new IllegalArgumentException(requests + " requests cannot have waited " + seconds + " s");
        }
    }
}
