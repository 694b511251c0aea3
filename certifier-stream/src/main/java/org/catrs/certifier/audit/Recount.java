// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import java.util.List;
import java.util.Objects;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.Sampling;

/**
 * A certificate, and what the same image, seed and plan give with kernels that sum in another order: another base
 * classifier, which differs from the certificate's where two logits nearly tie.
 */
record Recount(CertifiedPrediction certificate, CertifiedPrediction here) {
    /** Whether the votes that were counted here show the certificate's label at its radius; it promises nothing else. */
    boolean survives() {
        return certificate.label() == null
                || (Objects.equals(certificate.label(), here.label()) && here.radius() >= certificate.radius());
    }

    /** How far apart the counts are, and what those here show. */
    String finding() {
        return counts() + "; here "
                + AuditResult.claim(here.label(), here.radius()).replace("   ", ", ");
    }

    private String counts() {
        if (certificate.samples() != here.samples()) {
            return "the plan ended after " + certificate.samples() + " samples, here after " + here.samples();
        }
        return "counts are at most " + votesApart() + " votes apart";
    }

    private long votesApart() {
        long apart = Math.max(
                apart(certificate.selectionCounts(), here.selectionCounts()),
                apart(certificate.estimationCounts(), here.estimationCounts()));
        return Math.max(apart, apart(looks(certificate), looks(here)));
    }

    private static List<Long> looks(CertifiedPrediction of) {
        Sampling sampling = of.sampling();
        return sampling == null
                ? List.of()
                : sampling.attempts().stream()
                        .flatMap(attempt -> attempt.looks().stream())
                        .map(Sampling.Look::count)
                        .toList();
    }

    /** The most that two lists differ at one place that both have. */
    private static long apart(List<Long> some, List<Long> others) {
        long most = 0;
        for (int i = 0; i < Math.min(some.size(), others.size()); i++) {
            most = Math.max(most, Math.abs(some.get(i) - others.get(i)));
        }
        return most;
    }
}
