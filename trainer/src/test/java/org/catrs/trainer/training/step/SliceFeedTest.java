// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.stream.LongStream;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.training.SmallTraining;
import org.junit.jupiter.api.Test;

class SliceFeedTest {
    private final SliceSource source = new SliceSource(
            SmallTraining.recipe(Architecture.LENET, 1, 0.05, 100, 1),
            SmallTraining.METHOD,
            TrainingImages.of(SmallTraining.DIGITS));

    @Test
    void shouldGiveEverySliceAsItIsFilledAlone() {
        try (SliceFeed feed = new SliceFeed(source, 3, 2)) {
            LongStream.of(0, 7).forEach(begin -> {
                feed.startAt(begin);
                for (long number = begin; number < begin + 5; number++) {
                    NoisySlice alone = source.newSlice();
                    source.fill(alone, number);
                    NoisySlice fed = feed.take(number);

                    assertThat(fed.noiseBuffer()).isEqualTo(alone.noiseBuffer());
                    assertThat(fed.imageBuffer()).isEqualTo(alone.imageBuffer());
                    feed.release(number);
                }
            });
        }
    }

    @Test
    void shouldCutAStepIntoSlicesOfOneSize() {
        NoisySlice slice = source.newSlice();
        int values = SmallTraining.DIGITS.shape().size();

        assertThat(source.slices()).isEqualTo(2);
        assertThat(LongStream.range(0, 2).map(number -> {
                    source.fill(slice, number);
                    FloatBuffer images = slice.imageBuffer();
                    return images.remaining() / values;
                }))
                .containsExactly(50L, 50L);
    }
}
