// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A share of the answers that is compared with that of the baseline; its name is what it says of itself. */
sealed interface Share {
    /**
     * Most shares of labels. Of more classes, those whose numbers differ by multiples of this have one share together:
     * which these are must not depend on the baseline, or chance would choose them.
     */
    int MOST_LABELS = 100;

    /** Parts into which the radii of the baseline are cut, as near to equal as their steps allow. */
    int PARTS_OF_RADII = 10;

    /** Whether an answer belongs to the share. */
    boolean has(AnswerShape answer);

    /** How many answers of the baseline belong to it. */
    long in(Baseline baseline);

    /** The shares of the labels. */
    static List<Share> labels(Baseline baseline) {
        return IntStream.range(0, Math.min(MOST_LABELS, baseline.labels().size()))
                .<Share>mapToObj(Label::new)
                .toList();
    }

    /** The shares of radii below some lengths, between which equal parts of the baseline's radii lie. */
    static List<Share> radii(Baseline baseline) {
        List<Share> shares = new ArrayList<>();
        long below = 0;
        long part = 1;
        for (int step = 0; step < RadiusGrid.STEPS - 1; step++) {
            below += step < baseline.radii().size() ? baseline.radii().get(step) : 0;
            if (below * PARTS_OF_RADII >= part * baseline.certified()) {
                shares.add(new RadiusBelow(step + 1));
                part = below * PARTS_OF_RADII / Math.max(1, baseline.certified()) + 1;
            }
        }
        return shares;
    }

    /** The certifier abstained. */
    record Abstained() implements Share {
        @Override
        public boolean has(AnswerShape answer) {
            return !answer.isCertified();
        }

        @Override
        public long in(Baseline baseline) {
            return baseline.abstained();
        }

        @Override
        public String toString() {
            return "abstained";
        }
    }

    /** A label was certified, or one of those that share with it. */
    record Label(int first) implements Share {
        @Override
        public boolean has(AnswerShape answer) {
            return answer.label() != null && answer.label() % MOST_LABELS == first;
        }

        @Override
        public long in(Baseline baseline) {
            return IntStream.iterate(first, label -> label < baseline.labels().size(), label -> label + MOST_LABELS)
                    .mapToLong(baseline.labels()::get)
                    .sum();
        }

        @Override
        public String toString() {
            return "label " + first;
        }
    }

    /** The certified radius is smaller than a step's lower bound. */
    record RadiusBelow(int step) implements Share {
        @Override
        public boolean has(AnswerShape answer) {
            return answer.isCertified() && RadiusGrid.step(answer.radius()) < step;
        }

        @Override
        public long in(Baseline baseline) {
            return baseline.radii().stream()
                    .limit(step)
                    .mapToLong(Long::longValue)
                    .sum();
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "radius below %.4g sigma", RadiusGrid.from(step));
        }
    }
}
