// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BatchFillTest {
    @Test
    void shouldSayWhichShareOfTheSlotsWasUsed() {
        assertThat(new BatchFill(200, 30).share()).isEqualTo(0.15);
        assertThat(new BatchFill(0, 0).share()).isEqualTo(1);
    }

    @Test
    void shouldRefuseMoreThanThereIs() {
        assertThatThrownBy(() -> new BatchFill(64, 65)).isInstanceOf(IllegalArgumentException.class);
    }
}
