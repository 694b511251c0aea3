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
        boolean isOf(CertifiedPrediction certificate, boolean areSignaturesAsked) {
            return certificate.noise().equals(NoiseKind.GAUSSIAN.toString());
        }
    },
    /** One in a hundred may be wrong, or more. */
    LARGE_ALPHA("alpha above 0.01") {
        @Override
        boolean isOf(CertifiedPrediction certificate, boolean areSignaturesAsked) {
            return certificate.alpha() > COMMON_ALPHA;
        }
    },
    /** Nobody vouches for it. */
    NOT_SIGNED("not signed") {
        @Override
        boolean isOf(CertifiedPrediction certificate, boolean areSignaturesAsked) {
            return certificate.signature() == null;
        }
    },
    /** Somebody signed it, and it was not looked at who. */
    SIGNATURE_NOT_CHECKED("signature not checked") {
        @Override
        boolean isOf(CertifiedPrediction certificate, boolean areSignaturesAsked) {
            return certificate.signature() != null && !areSignaturesAsked;
        }
    },
    /** Whoever certified could choose among seeds. */
    SEED_NOT_FORCED("seed not forced") {
        @Override
        boolean isOf(CertifiedPrediction certificate, boolean areSignaturesAsked) {
            return certificate.noiseKey() == null;
        }
    },
    /** The base classifier may depend on the other images of a batch, where nobody tried it. */
    INDEPENDENCE_TRIED("independence tried, not proved") {
        @Override
        boolean isOf(CertifiedPrediction certificate, boolean areSignaturesAsked) {
            return certificate.independence() == CertifiedPrediction.Independence.TRIED;
        }
    };

    /** The largest failure probability that is common in the literature, ten times what is usual there. */
    private static final double COMMON_ALPHA = 0.01;

    private final String words;

    Weakness(String words) {
        this.words = words;
    }

    abstract boolean isOf(CertifiedPrediction certificate, boolean areSignaturesAsked);

    /** All that a certificate has. */
    static List<Weakness> of(CertifiedPrediction certificate, boolean areSignaturesAsked) {
        return Arrays.stream(values())
                .filter(weakness -> weakness.isOf(certificate, areSignaturesAsked))
                .toList();
    }

    @Override
    public String toString() {
        return words;
    }
}
