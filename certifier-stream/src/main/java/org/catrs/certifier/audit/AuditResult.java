// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import java.util.List;
import java.util.stream.Collectors;
import org.catrs.certifier.smoothing.bound.RoundedDown;
import org.catrs.schemas.event.CertifiedPrediction;
import org.jspecify.annotations.Nullable;

/**
 * What an audit says of a certificate.
 *
 * @param id image id, or the line's number
 * @param certificate the certificate; null when the line held none
 * @param verdict what the audit concludes
 * @param problems what led to the verdict; none when the certificate holds
 * @param weaknesses why the certificate promises less than others, whatever the verdict is
 */
public record AuditResult(
        String id,
        @Nullable CertifiedPrediction certificate,
        AuditVerdict verdict,
        List<String> problems,
        List<Weakness> weaknesses) {
    private static final int RADIUS_PLACES = 3;

    /** Copies the lists. */
    public AuditResult {
        problems = List.copyOf(problems);
        weaknesses = List.copyOf(weaknesses);
    }

    /**
     * A line for people, such as {@code mnist/test/42   holds   label 7   radius 1.234   weak: not signed}. It is one line
     * whatever stands in the certificate, which could otherwise bring a verdict of its own.
     */
    public String line() {
        return text().replaceAll("\\p{Cntrl}", "\uFFFD");
    }

    private String text() {
        StringBuilder line = new StringBuilder(id + "   " + verdict);
        if (certificate != null && verdict.isGood()) {
            line.append("   ").append(claim(certificate.label(), certificate.radius()));
        }
        if (!problems.isEmpty()) {
            line.append("   ").append(String.join("; ", problems));
        }
        if (!weaknesses.isEmpty()) {
            line.append(weaknesses.stream().map(Weakness::toString).collect(Collectors.joining(", ", "   weak: ", "")));
        }
        return line.toString();
    }

    /** A label with its radius, rounded down, in words. */
    static String claim(@Nullable Integer label, double radius) {
        return label == null
                ? "abstained"
                : "label " + label + "   radius " + RoundedDown.format(radius, RADIUS_PLACES);
    }
}
