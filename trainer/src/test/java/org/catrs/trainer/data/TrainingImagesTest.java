// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.junit.jupiter.api.Test;

class TrainingImagesTest {
    /** Two channels of 2 x 3: 0 to 5, and 100 to 105. */
    private final TrainingImages one = TrainingImages.of(
            new FewImages(new ImageShape(2, 2, 3), new byte[][] {{0, 1, 2, 3, 4, 5, 100, 101, 102, 103, 104, 105}}));

    private List<Integer> view(Augmentation augmentation, long seed) {
        FloatBuffer target = FloatBuffer.allocate(12);
        one.copyTo(target, 0, augmentation, new SplittableRandom(seed));
        List<Integer> values = new ArrayList<>();
        for (float value : target.array()) {
            values.add(Math.round(255 * value));
        }
        return values;
    }

    @Test
    void shouldMirrorHalfOfTheImages() {
        TreeSet<String> views = new TreeSet<>();
        for (long seed = 0; seed < 20; seed++) {
            views.add(view(new Augmentation(0, true), seed).toString());
        }

        assertThat(views)
                .containsExactly(
                        "[0, 1, 2, 3, 4, 5, 100, 101, 102, 103, 104, 105]",
                        "[2, 1, 0, 5, 4, 3, 102, 101, 100, 105, 104, 103]");
    }

    @Test
    void shouldCutFromThePaddedImage() {
        TreeSet<String> views = new TreeSet<>();
        for (long seed = 0; seed < 200; seed++) {
            views.add(view(new Augmentation(1, false), seed).toString());
        }

        // By hand: nine places, among them the image itself, one down and to the right, and one up.
        assertThat(views)
                .hasSize(9)
                .contains(
                        "[0, 1, 2, 3, 4, 5, 100, 101, 102, 103, 104, 105]",
                        "[4, 5, 0, 0, 0, 0, 104, 105, 0, 0, 0, 0]",
                        "[0, 0, 0, 0, 1, 2, 0, 0, 0, 100, 101, 102]");
    }

    @Test
    void shouldRepeatAViewForTheSameSeed() {
        assertThat(view(new Augmentation(2, true), 7)).isEqualTo(view(new Augmentation(2, true), 7));
    }

    @Test
    void shouldMeasureMeanAndDeviationOfEachChannel() {
        ChannelMoments moments = one.moments();

        // numpy.arange(6) / 255: mean 0.00980392, std 0.00669735
        assertThat(moments.mean()[0]).isCloseTo(0.00980392, within(1e-8));
        assertThat(moments.mean()[1]).isCloseTo(0.00980392 + 100 / 255.0, within(1e-8));
        assertThat(moments.deviation()[0]).isCloseTo(0.00669735, within(1e-8));
        assertThat(moments.deviation()[1]).isCloseTo(0.00669735, within(1e-8));
    }

    @Test
    void shouldSayHowMuchMemoryIsNeeded() {
        FewImages many = new FewImages(new ImageShape(3, 10_000, 10_000), new byte[2000][]);

        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> TrainingImages.of(many))
                .withMessageContaining("2000 images of 3x10000x10000 need 558.8 GiB")
                .withMessageContaining("CATRS_HEAP");
    }
}
