// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DrawnDigitsTest {
    @Test
    void shouldOfferAsManyDigitsAsMnist() {
        Dataset train = Datasets.open(DatasetKind.DIGITS, Split.TRAIN, null);
        assertThat(train.size()).isEqualTo(60_000);
        assertThat(train.name()).isEqualTo("digits/train");
        assertThat(train.shape()).isEqualTo(new ImageShape(1, 28, 28));
        assertThat(train.classNames()).hasSize(10);
        assertThat(Datasets.open(DatasetKind.DIGITS, Split.TEST, null).size()).isEqualTo(10_000);
    }

    /** The value was computed on Linux x86-64 with JDK 17; any other machine must draw the very same images. */
    @Test
    void shouldDrawTheSameOnEveryMachine() {
        assertThat(Datasets.digits(1, Split.TRAIN, 1_000).sha256())
                .isEqualTo("df9949c29e85464e57b4b88265d6c6e6969b106eed311e2ad3e2ed241f787632");
    }

    @Test
    void shouldBeAFunctionOfSeedSplitAndIndexAlone() {
        LabelledImage image = Datasets.digits(1, Split.TRAIN, 100).get(42);
        assertThat(Datasets.digits(1, Split.TRAIN, 50).get(42)).isEqualTo(image);
        assertThat(Datasets.digits(2, Split.TRAIN, 50).get(42)).isNotEqualTo(image);
        assertThat(Datasets.digits(1, Split.TEST, 50).get(42)).isNotEqualTo(image);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNeverDrawAnImageTwice(Split split) {
        Dataset dataset = Datasets.digits(1, split, 5_000);
        Set<ImageTensor> images = new HashSet<>();
        IntStream.range(0, dataset.size())
                .forEach(i -> images.add(dataset.get(i).image()));
        assertThat(images).hasSize(5_000);
    }

    /** 10,000 labels, each class with p = 0.1: standard deviation 30, so five of them are 150. */
    @Test
    void shouldDrawAllClassesAboutEquallyOften() {
        Dataset dataset = Datasets.digits(1, Split.TEST, 10_000);
        int[] counts = new int[10];
        IntStream.range(0, dataset.size()).forEach(i -> counts[dataset.get(i).label()]++);
        assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 1_000) < 150);
    }

    @Test
    void shouldKeepTheInkInsideTheFrame() {
        Dataset dataset = Datasets.digits(1, Split.TRAIN, 2_000);
        int inked = 0;
        for (int i = 0; i < dataset.size(); i++) {
            ImageTensor image = dataset.get(i).image();
            int ink = IntStream.range(0, 784).map(image::value).sum();
            assertThat(ink).as("ink of image %d", i).isBetween(3_000, 80_000);
            inked += IntStream.range(0, 784)
                                    .filter(pixel -> pixel % 28 == 0 || pixel % 28 == 27 || pixel < 28 || pixel >= 756)
                                    .filter(pixel -> image.value(pixel) > 0)
                                    .count()
                            > 0
                    ? 1
                    : 0;
        }
        assertThat(inked).as("images with ink on the outermost pixels").isLessThan(20);
    }

    /** Nearest class mean; digits that look alike by class are the point of the data set. Chance is 0.1. */
    @Test
    void shouldDrawDigitsThatCanBeToldApart() {
        Dataset train = Datasets.digits(1, Split.TRAIN, 2_000);
        double[][] means = new double[10][784];
        int[] counts = new int[10];
        for (int i = 0; i < train.size(); i++) {
            LabelledImage labelled = train.get(i);
            counts[labelled.label()]++;
            for (int pixel = 0; pixel < 784; pixel++) {
                means[labelled.label()][pixel] += labelled.image().value(pixel);
            }
        }
        Dataset test = Datasets.digits(1, Split.TEST, 1_000);
        long right = IntStream.range(0, test.size())
                .filter(i -> nearest(means, counts, test.get(i).image())
                        == test.get(i).label())
                .count();
        assertThat(right).isGreaterThan(500);
    }

    @Test
    void shouldRefuseAnEmptyDataSet() {
        assertThatThrownBy(() -> Datasets.digits(1, Split.TRAIN, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Datasets.digits(1, Split.TRAIN, 1).get(1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static int nearest(double[][] sums, int[] counts, ImageTensor image) {
        int best = -1;
        double least = Double.MAX_VALUE;
        for (int label = 0; label < sums.length; label++) {
            double distance = 0;
            for (int pixel = 0; pixel < 784; pixel++) {
                double difference = sums[label][pixel] / counts[label] - image.value(pixel);
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = label;
            }
        }
        return best;
    }
}
