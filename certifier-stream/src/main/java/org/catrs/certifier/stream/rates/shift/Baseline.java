// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Answers that are as they should be, counted.
 *
 * @param images number of answers
 * @param abstained those for which the certifier abstained
 * @param labels certified answers for each label
 * @param radii certified answers by steps of sigma/16 of the radius, from 0; steps beyond the last have none
 */
public record Baseline(long images, long abstained, List<Long> labels, List<Long> radii) {
    /** @throws IllegalArgumentException when the counts contradict each other */
    public Baseline {
        labels = List.copyOf(labels);
        radii = List.copyOf(radii);
        long certified = sum(labels);
        if (abstained < 0 || images != abstained + certified || certified != sum(radii)) {
            throw new IllegalArgumentException("images = abstained + certified, by labels and by radii, found " + images
                    + ", " + abstained + ", " + labels + " and " + radii);
        }
        if (radii.size() > RadiusGrid.STEPS) {
            throw new IllegalArgumentException("radii have " + RadiusGrid.STEPS + " steps, found " + radii.size());
        }
    }

    /** No answer yet. */
    public static Baseline empty(int classes) {
        return new Baseline(0, 0, Collections.nCopies(classes, 0L), List.of());
    }

    /**
     * With one answer more.
     *
     * @throws IllegalArgumentException when its label is none
     */
    public Baseline with(AnswerShape answer) {
        Integer label = answer.label();
        if (label == null) {
            return new Baseline(images + 1, abstained + 1, labels, radii);
        }
        if (label >= labels.size()) {
            throw new IllegalArgumentException("there are " + labels.size() + " labels, found " + label);
        }
        return new Baseline(
                images + 1, abstained, oneMore(labels, label), oneMore(radii, RadiusGrid.step(answer.radius())));
    }

    long certified() {
        return images - abstained;
    }

    /** Share of the answers that abstain; 0 while there are none. */
    public double abstainedShare() {
        return images == 0 ? 0 : (double) abstained / images;
    }

    /** Share of some labels among the certified ones; 0 while there are none. */
    public double labelShare(Collection<Integer> some) {
        return certified() == 0
                ? 0
                : (double) some.stream().mapToLong(labels::get).sum() / certified();
    }

    /** All labels, the most frequent first. */
    public List<Integer> labelsByFrequency() {
        return IntStream.range(0, labels.size())
                .boxed()
                .sorted(Comparator.<Integer, Long>comparing(labels::get).reversed())
                .toList();
    }

    private static List<Long> oneMore(List<Long> counts, int index) {
        List<Long> more = new ArrayList<>(counts);
        more.addAll(Collections.nCopies(Math.max(0, index + 1 - counts.size()), 0L));
        more.set(index, more.get(index) + 1);
        return more;
    }

    private static long sum(List<Long> counts) {
        long sum = 0;
        for (long count : counts) {
            if (count < 0) {
                throw new IllegalArgumentException("counts are at least 0, found " + counts);
            }
            sum += count;
        }
        return sum;
    }
}
