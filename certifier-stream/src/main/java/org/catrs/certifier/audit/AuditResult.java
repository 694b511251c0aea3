// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import java.util.List;
import org.catrs.certifier.smoothing.bound.RoundedDown;
import org.catrs.schemas.event.CertifiedPrediction;
import org.jspecify.annotations.Nullable;

/**
 * What an audit says of a certificate.
 *
 * @param id image id, or the line's number
 * @param certificate the certificate; null when the line held none
 * @param problems why it does not hold; none when it does
 */
public record AuditResult(String id, @Nullable CertifiedPrediction certificate, List<String> problems) {
    private static final int RADIUS_PLACES = 3;

    /** Copies the problems. */
    public AuditResult {
        problems = List.copyOf(problems);
    }

    /** Whether it was replayed to the last field, and its signature, where that was asked for, is good. */
    public boolean holds() {
        return problems.isEmpty();
    }

    /**
     * A line for people, such as {@code mnist/test/42   holds   label 7   radius 1.234}. It is one line whatever stands in the
     * certificate, which could otherwise bring a verdict of its own.
     */
    public String line() {
        return text().replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    private String text() {
        if (certificate == null || !holds()) {
            return id + "   DOES NOT HOLD   " + String.join("; ", problems);
        }
        Integer label = certificate.label();
        return id + "   holds   "
                + (label == null
                        ? "abstained"
                        : "label " + label + "   radius " + RoundedDown.format(certificate.radius(), RADIUS_PLACES));
    }
}
