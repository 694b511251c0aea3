// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServicePartsTest {
    private final List<String> closed = new ArrayList<>();
    private final ServiceParts parts = new ServiceParts();

    @Test
    void shouldCloseTheLastPartFirstAndEachOnce() {
        parts.keep(() -> closed.add("first"));
        parts.keep(() -> closed.add("second"));
        assertThat(parts.hasEnded()).isFalse();

        parts.close();
        parts.close();

        assertThat(closed).containsExactly("second", "first");
        assertThat(parts.hasEnded()).isTrue();
        assertThat(parts.awaitEnd()).isZero();
    }

    @Test
    void shouldCloseTheOthersAndFailWhenAPartCannotBeClosed() {
        parts.keep(() -> closed.add("first"));
        parts.keep(() -> {
            throw new IllegalStateException("stuck");
        });

        parts.close();

        assertThat(closed).containsExactly("first");
        assertThat(parts.awaitEnd()).isEqualTo(1);
    }

    @Test
    void shouldKeepNothingThatComesTooLate() {
        parts.close();

        assertThat(parts.keep(() -> closed.add("late"))).isFalse();
        parts.close();

        assertThat(closed).isEmpty();
    }

    @Test
    void shouldEndWithTheErrorThatCameBeforeTheClosing() {
        parts.keep(() -> closed.add("part"));

        parts.fail();

        assertThat(parts.hasEnded()).isTrue();
        assertThat(closed).isEmpty();
        parts.close();
        assertThat(closed).containsExactly("part");
        assertThat(parts.awaitEnd()).isEqualTo(1);
    }

    @Test
    void shouldLeaveOpenWhatThreadsStillUse() {
        parts.keep(() -> closed.add("in use"));
        parts.keep(parts::abandon);

        parts.close();

        assertThat(closed).isEmpty();
        assertThat(parts.awaitEnd()).isEqualTo(1);
    }
}
