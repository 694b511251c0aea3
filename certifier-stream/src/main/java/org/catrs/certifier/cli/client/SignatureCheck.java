// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import java.util.Optional;
import org.catrs.schemas.signature.CertificateSignature;
import org.catrs.schemas.signature.VerificationKeys;

/** Holds predictions against their signatures, and counts those that nobody known has signed. */
public final class SignatureCheck {
    private final VerificationKeys keys;
    private long failed;

    /** @param keys one of which must have signed each prediction */
    public SignatureCheck(VerificationKeys keys) {
        this.keys = keys;
    }

    /** What is wrong with a prediction's signature, for people to read; nothing when it is good. */
    public Optional<String> problem(ReceivedPrediction answer) {
        Optional<String> problem = CertificateSignature.problem(answer.prediction(), keys);
        failed += problem.isPresent() ? 1 : 0;
        return problem.map(words -> "DO NOT TRUST " + answer.name() + ": " + words);
    }

    /** Number of predictions without a good signature. */
    public long failed() {
        return failed;
    }
}
