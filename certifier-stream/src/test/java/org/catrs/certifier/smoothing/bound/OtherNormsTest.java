// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.bound;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OtherNormsTest {
    @Test
    void shouldNeverImplyMoreThanTheRadiusDoes() {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            double radius = 4 * random.nextDouble();
            int values = 1 + random.nextInt(200_000);

            OtherNorms norms = OtherNorms.of(radius, values);

            // linf * sqrt(values) <= radius, squared so that it is exact
            BigDecimal square = new BigDecimal(norms.linf()).pow(2).multiply(BigDecimal.valueOf(values));
            assertThat(square).isLessThanOrEqualTo(new BigDecimal(radius).pow(2));
            assertThat(norms.linf()).isGreaterThan(radius / Math.sqrt(values) * (1 - 1e-14));
            assertThat(norms.l1()).isEqualTo(radius);
        }
    }
}
