// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import org.catrs.certifier.stream.outcome.ExactCertificate;
import org.junit.jupiter.api.Test;

class RecountTest {
    @Test
    void shouldNeverWriteMoreThanTheTruth() {
        assertThat(ExactCertificate.all()).allSatisfy(exact -> {
            Recount recount = new Recount(exact.event(), exact.event());
            AuditResult result = new AuditResult("a", exact.event(), AuditVerdict.HOLDS, List.of(), List.of());

            assertThat(number(recount.finding(), "label 1, radius ")).isLessThanOrEqualTo(exact.radius());
            assertThat(number(result.line(), "label 1   radius ")).isLessThanOrEqualTo(exact.radius());
            assertThat(recount.survives()).isTrue();
        });
    }

    private static BigDecimal number(String text, String before) {
        assertThat(text).contains(before);
        return new BigDecimal(text.substring(text.indexOf(before) + before.length()));
    }
}
