// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloseOnFailureTest {
    private final List<Integer> closed = new ArrayList<>();

    /** Opens three things, of which the one of a number fails to open; none for 0. */
    private void open(int failing) {
        try (CloseOnFailure opened = new CloseOnFailure()) {
            for (int number = 1; number <= 3; number++) {
                if (number == failing) {
                    throw new IllegalArgumentException("number " + number);
                }
                int one = number;
                opened.add(() -> closed.add(one));
            }
            opened.succeeded();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldCloseWhatWasOpenedBeforeAFailureInReverse(int failing) {
        assertThatThrownBy(() -> open(failing)).hasMessage("number " + failing);

        assertThat(closed)
                .isEqualTo(IntStream.range(1, failing)
                        .map(i -> failing - i)
                        .boxed()
                        .toList());
    }

    @Test
    void shouldLeaveEverythingOpenWhenNothingFails() {
        open(0);

        assertThat(closed).isEmpty();
    }

    @Test
    void shouldCloseTheRestWhenOneDoesNotClose() {
        CloseOnFailure opened = new CloseOnFailure();
        opened.add(() -> closed.add(1));
        opened.add(() -> {
            throw new IOException("stuck");
        });
        opened.add(() -> closed.add(3));

        assertThatThrownBy(opened::close)
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("stuck");

        assertThat(closed).containsExactly(3, 1);
    }
}
