// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.adversary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;

/** A linear classifier: its label is 1 where the pixels' mean exceeds one half, and its worst direction is known. */
class PerturbationSearchTest {
    private static final ImageShape SHAPE = new ImageShape(1, 4, 4);
    private static final double SIGMA = 0.25;

    @Test
    void shouldGoStraightToTheOtherClassAndStayWithinTheRadius() {
        ImageTensor image = gray(150);

        Perturbation worst = new PerturbationSearch(new Brightness(), SIGMA).worst(image, 1, 0.6, 3000, List.of());

        assertThat(worst.size()).isLessThan(0.6).isGreaterThan(0.57);
        // All pixels darker by 0.6 / 4, below one half; chance would leave them about as bright as they are.
        assertThat(mean(worst.image())).isLessThan(127.5);
        assertThat(worst.share(1)).isLessThan(0.5);
    }

    @Test
    void shouldFindADirectionWhereAllCopiesVoteForTheLabel() {
        ImageTensor image = gray(240);

        Perturbation worst = new PerturbationSearch(new Brightness(), 0.05).worst(image, 1, 0.6, 3000, List.of());

        assertThat(mean(worst.image())).isLessThan(240 - 0.8 * 255 * 0.6 / 4);
        assertThat(worst.share(1)).isEqualTo(1);
    }

    @Test
    void shouldMoveTowardsOtherImagesWhereVotesShowNothing() {
        ImageTensor black = gray(0);

        Perturbation worst =
                new PerturbationSearch(new Brightness(), SIGMA).worst(black, 0, 0.5, 3000, List.of(gray(255)));

        assertThat(worst.size()).isLessThan(0.5);
        assertThat(mean(worst.image())).isGreaterThan(20);
    }

    @Test
    void shouldMoveAsFarAsTheRadiusAlsoWhereNoVoteShowsWhereTo() {
        ImageTensor white = gray(255);

        Perturbation worst = new PerturbationSearch(new Brightness(), 0.01).worst(white, 1, 0.5, 500, List.of());

        assertThat(worst.size()).isBetween(0.45, 0.5);
        assertThat(worst.share(1)).isEqualTo(1);
    }

    @Test
    void shouldGiveTheSameImageAgain() {
        ImageTensor image = gray(150);

        Perturbation one = new PerturbationSearch(new Brightness(), SIGMA).worst(image, 1, 0.3, 600, List.of());
        Perturbation again = new PerturbationSearch(new Brightness(), SIGMA).worst(image, 1, 0.3, 600, List.of());

        assertThat(one.image()).isEqualTo(again.image());
        assertThat(one.votes()).isEqualTo(again.votes());
    }

    @Test
    void shouldRefuseABudgetThatShowsNothing() {
        PerturbationSearch search = new PerturbationSearch(new Brightness(), SIGMA);

        assertThatThrownBy(() -> search.worst(gray(9), 0, 0.3, 100, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("500");
        assertThatThrownBy(() -> search.worst(gray(9), 0, 0, 600, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ImageTensor gray(int value) {
        byte[] values = new byte[SHAPE.size()];
        Arrays.fill(values, (byte) value);
        return ImageTensor.of(SHAPE, values);
    }

    private static double mean(ImageTensor image) {
        double sum = 0;
        for (int i = 0; i < SHAPE.size(); i++) {
            sum += image.value(i);
        }
        return sum / SHAPE.size();
    }

    private static final class Brightness implements BaseClassifier {
        @Override
        public ImageShape inputShape() {
            return SHAPE;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            NoiseSampler noise = NoiseSampler.of(parameters.noise(), parameters.sigma(), image, seed, phase);
            float[] copy = new float[SHAPE.size()];
            long[] votes = new long[2];
            for (long index = first; index < first + samples; index++) {
                noise.draw(index, copy, 0);
                double sum = 0;
                for (float value : copy) {
                    sum += value;
                }
                votes[sum > SHAPE.size() / 2.0 ? 1 : 0]++;
            }
            return new ClassCounts(votes, samples);
        }
    }
}
