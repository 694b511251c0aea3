// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.trainer.noise.RandomStreams;
import org.junit.jupiter.api.Test;

class ImageOrderTest {
    @Test
    void shouldSeeEveryImageOnceAnEpochInBatchesThatAreAllFull() {
        ImageOrder order = new ImageOrder(10, new RandomStreams(1));
        List<Integer> seen = new ArrayList<>();
        for (long step = 0; step < 5; step++) {
            IntStream.of(order.indices(4 * step, 4)).forEach(seen::add);
        }

        assertThat(seen.subList(0, 10)).doesNotHaveDuplicates();
        assertThat(seen.subList(10, 20)).doesNotHaveDuplicates().isNotEqualTo(seen.subList(0, 10));
    }

    @Test
    void shouldGiveTheSameBatchToATrainingThatResumes() {
        ImageOrder whole = new ImageOrder(100, new RandomStreams(1));
        for (long step = 0; step < 50; step++) {
            whole.indices(7 * step, 7);
        }

        assertThat(new ImageOrder(100, new RandomStreams(1)).indices(350, 7)).isEqualTo(whole.indices(350, 7));
        assertThat(new ImageOrder(100, new RandomStreams(2)).indices(350, 7)).isNotEqualTo(whole.indices(350, 7));
    }
}
