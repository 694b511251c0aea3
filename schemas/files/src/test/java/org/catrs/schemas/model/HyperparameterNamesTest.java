// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HyperparameterNamesTest {
    @Test
    void shouldReadTheEarlierSpelling() {
        assertThat(HyperparameterNames.current(Map.of("optimiser", "muon", "normalisation", "none", "lambda", "1.0")))
                .isEqualTo(Map.of("optimizer", "muon", "normalization", "none", "lambda", "1.0"));
    }

    @Test
    void shouldLeaveOtherNamesAsTheyAre() {
        assertThat(HyperparameterNames.current("optimizer")).isEqualTo("optimizer");
        assertThat(HyperparameterNames.current("data")).isEqualTo("data");
    }
}
