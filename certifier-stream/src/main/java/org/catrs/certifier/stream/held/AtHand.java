// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

/**
 * How much is at hand.
 *
 * @param images number of images that have no answer yet, or one that waits for those before it
 * @param bytes their size as records, or that of their answers
 */
record AtHand(int images, long bytes) {
    static final AtHand NOTHING = new AtHand(0, 0);

    AtHand plus(AtHand other) {
        return new AtHand(images + other.images, bytes + other.bytes);
    }

    AtHand minus(AtHand other) {
        return new AtHand(images - other.images, bytes - other.bytes);
    }
}
