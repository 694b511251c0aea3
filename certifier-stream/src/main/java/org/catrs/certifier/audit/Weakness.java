// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import java.util.Arrays;
import java.util.List;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.schemas.event.CertifiedPrediction;

/** Why a certificate that holds promises less than others do: something to know, and no failure. */
public enum Weakness {
    /** The sums of floating-point noise are not those that the theorem is about. */
    GAUSSIAN_NOISE("gaussian noise") {
        @Override
        boolean isOf(CertifiedPrediction certificate, Scope scope) {
            return certificate.noise().equals(NoiseKind.GAUSSIAN.toString());
        }
    },
    /** One in a hundred may be wrong, or more. */
    LARGE_ALPHA("alpha above 0.01") {
        @Override
        boolean isOf(CertifiedPrediction certificate, Scope scope) {
            return certificate.alpha() > COMMON_ALPHA;
        }
    },
    /** Nobody vouches for it. */
    NOT_SIGNED("not signed") {
        @Override
        boolean isOf(CertifiedPrediction certificate, Scope scope) {
            return certificate.signature() == null;
        }
    },
    /** Somebody signed it, and it was not looked at who. */
    SIGNATURE_NOT_CHECKED("signature not checked") {
        @Override
        boolean isOf(CertifiedPrediction certificate, Scope scope) {
            return certificate.signature() != null && !scope.signatures();
        }
    },
    /** Whoever certified could choose among seeds. */
    SEED_NOT_FORCED("seed not forced") {
        @Override
        boolean isOf(CertifiedPrediction certificate, Scope scope) {
            return certificate.noiseKey() == null;
        }
    },
    /** A seed is said to be forced, and it was not looked at whether it is. */
    SEED_NOT_CHECKED("seed not checked") {
        @Override
        boolean isOf(CertifiedPrediction certificate, Scope scope) {
            return certificate.noiseKey() != null && !scope.seeds();
        }
    },
    /** Whoever has the noise key may have tried policies, each of which is another seed. */
    POLICY_NOT_CHECKED("policy not checked") {
        @Override
        boolean isOf(CertifiedPrediction certificate, Scope scope) {
            return certificate.noiseKey() != null && scope.seeds() && !scope.policies();
        }
    },
    /** The base classifier may depend on the other images of a batch, where nobody tried it. */
    INDEPENDENCE_TRIED("independence tried, not proved") {
        @Override
        boolean isOf(CertifiedPrediction certificate, Scope scope) {
            return certificate.independence() == CertifiedPrediction.Independence.TRIED;
        }
    };

    /** The largest failure probability that is common in the literature, ten times what is usual there. */
    private static final double COMMON_ALPHA = 0.01;

    private final String words;

    Weakness(String words) {
        this.words = words;
    }

    abstract boolean isOf(CertifiedPrediction certificate, Scope scope);

    /** All that a certificate has. */
    static List<Weakness> of(CertifiedPrediction certificate, Scope scope) {
        return Arrays.stream(values())
                .filter(weakness -> weakness.isOf(certificate, scope))
                .toList();
    }

    @Override
    public String toString() {
        return words;
    }

    /**
     * What an audit looks at beside votes.
     *
     * @param signatures whether a known key must have signed
     * @param seeds whether a noise key must have forced the seed
     * @param policies whether the policy must have been published
     */
    record Scope(boolean signatures, boolean seeds, boolean policies) {}
}
