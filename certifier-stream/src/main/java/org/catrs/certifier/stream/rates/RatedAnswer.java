// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import org.jspecify.annotations.Nullable;

/**
 * An answer to an image, as rates count it.
 *
 * @param time of the answer, in milliseconds since 1970-01-01 UTC
 * @param rejected code of the reason; null when the image was certified or abstained on
 * @param certificate null when the image was rejected
 */
record RatedAnswer(
        long time, @Nullable String rejected, @Nullable CertificateFacts certificate) {
    /** @throws IllegalArgumentException when it is neither a rejection nor a certificate, or both */
    RatedAnswer {
        if ((rejected == null) == (certificate == null)) {
            throw new IllegalArgumentException(
                    "an answer is a rejection or a certificate, found " + rejected + " and " + certificate);
        }
    }
}
