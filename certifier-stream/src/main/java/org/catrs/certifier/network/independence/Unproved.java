// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

/** Thrown inside the analysis where a node's outputs cannot be shown to treat each image by itself. */
final class Unproved extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean evenAlone;

    private Unproved(String reason, boolean evenAlone) {
        super(reason, null, false, false);
        this.evenAlone = evenAlone;
    }

    /** The node may let one image influence another: no matter where a batch has one image. */
    static Unproved mixes(String reason) {
        return new Unproved(reason, false);
    }

    /** The node may give one image different values, also where a batch has one image. */
    static Unproved chance(String reason) {
        return new Unproved(reason, true);
    }

    boolean isEvenAlone() {
        return evenAlone;
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
