// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.vrf;

/** What the holder of a key computes for an input: the one output that there is, and a proof that it is that. Immutable. */
public final class VrfProof {
    private final byte[] proof;
    private final byte[] output;

    VrfProof(byte[] proof, byte[] output) {
        this.proof = proof;
        this.output = output;
    }

    /** The proof, 80 bytes. There may be others of the same output, so that nothing is to be taken from its bytes. */
    public byte[] proof() {
        return proof.clone();
    }

    /** The output, 64 bytes. */
    public byte[] output() {
        return output.clone();
    }
}
