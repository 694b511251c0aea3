// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.outcome;

import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ImageOrigin;
import org.jspecify.annotations.Nullable;

/**
 * On what occasion an image was certified: what its event says beside the certificate, and nobody can find out again.
 *
 * @param trueLabel the class that the producer says is true; null when not said
 * @param seconds time that the certification took
 * @param origin where the image was taken from; null where it came from a file
 * @param answered time of the answer, in milliseconds since 1970-01-01 UTC; null where an old record does not say it
 */
public record Occasion(
        @Nullable Integer trueLabel,
        double seconds,
        @Nullable ImageOrigin origin,
        @Nullable Long answered) {
    /** An answer that is given now. */
    public static Occasion now(@Nullable Integer trueLabel, double seconds, @Nullable ImageOrigin origin) {
        return new Occasion(trueLabel, seconds, origin, System.currentTimeMillis());
    }

    /** That of an event. */
    public static Occasion of(CertifiedPrediction event) {
        return new Occasion(event.trueLabel(), event.seconds(), event.origin(), event.answered());
    }

    /** The same with another true label. */
    public Occasion with(@Nullable Integer label) {
        return new Occasion(label, seconds, origin, answered);
    }
}
