// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import org.catrs.certifier.smoothing.noise.NoiseSampler;

/**
 * Adjoining samples of a range at adjoining places of a batch.
 *
 * @param first number of the first sample in its phase
 * @param place where it stands
 * @param size number of samples
 */
record Piece(SampleRequest request, RangeTally range, long first, int place, int size) {
    /** Whether it has the first sample of its request. */
    boolean isFirst() {
        return request.isFirst(range, first);
    }

    /** The place behind the last sample. */
    int end() {
        return place + size;
    }

    /** Draws the samples between two places, as far as it has any there; a failure is its request's alone. */
    void draw(int from, int to, Slots slots, boolean[] drawn) {
        int begin = Math.max(from, place);
        int end = Math.min(to, end());
        if (begin >= end) {
            return;
        }
        try {
            NoiseSampler noise = range.take();
            for (int at = begin; at < end; at++) {
                drawn[at] = slots.draw(noise, first + at - place, at);
            }
            range.giveBack(noise);
        } catch (RuntimeException | Error e) {
            request.fail(e);
        }
    }
}
