// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.event.ShiftEvent.Measure;
import org.jspecify.annotations.Nullable;

/**
 * Compares answers with a baseline, one after another.
 *
 * <p>For each share, of abstentions among all answers, and of labels and of radii among the certified ones, the baseline
 * gives an interval (Clopper-Pearson), which is widened by the smallest shift that matters; {@link Course Courses} of
 * answers give a lower bound of the share, and of its complement, that holds at all times ({@code MixtureBound}). A shift
 * is told when one of these lies beyond the interval. Half of alpha is for the baseline and half for the answers; each is
 * shared equally among the three measures, and then among the shares of each. So by the union bound, and by Ville's
 * inequality for each course, a shift is told with probability at most alpha at any time, and after any number of looks,
 * where none is; what is told then is that the true share is outside the interval. The answers need not be independent: it
 * is enough that, whatever went before, the next one belongs to a share with a probability inside its limits.
 */
public final class ShiftWatch {
    private final Map<Measure, MeasureWatch> measures = new EnumMap<>(Measure.class);

    /** Begins to compare with a baseline that has at least one answer. */
    public ShiftWatch(Baseline baseline, ShiftLimits limits) {
        double alpha = limits.alpha() / 2 / Measure.values().length;
        watch(
                Measure.ABSTENTION,
                limits(List.of(new Share.Abstained()), baseline, baseline.images(), alpha, limits.smallest()),
                alpha);
        if (baseline.certified() > 0) {
            List<Share> labels = Share.labels(baseline);
            watch(
                    Measure.LABELS,
                    limits(labels, baseline, baseline.certified(), alpha / labels.size(), limits.smallest()),
                    alpha);
            // Where the baseline chooses the lengths, its error must be small at each that it might have chosen.
            watch(
                    Measure.RADII,
                    limits(
                            Share.radii(baseline),
                            baseline,
                            baseline.certified(),
                            alpha / RadiusGrid.STEPS,
                            limits.smallest()),
                    alpha);
        }
    }

    private static List<ShareLimits> limits(
            List<Share> shares, Baseline baseline, long trials, double alpha, double smallest) {
        return shares.stream()
                .map(share -> ShareLimits.of(share, baseline, trials, alpha, smallest))
                .toList();
    }

    private void watch(Measure measure, List<ShareLimits> limits, double alpha) {
        measures.put(measure, new MeasureWatch(measure, limits, alpha));
    }

    /** Adds an answer; tells which shifts began or ended. */
    public List<ShiftChange> add(AnswerShape answer) {
        List<ShiftChange> changes = new ArrayList<>();
        for (Map.Entry<Measure, MeasureWatch> watched : measures.entrySet()) {
            if (watched.getKey() == Measure.ABSTENTION || answer.isCertified()) {
                ShiftChange change = watched.getValue().add(answer);
                if (change != null) {
                    changes.add(change);
                }
            }
        }
        return changes;
    }

    /** What showed the shift of a measure last; null where there is none. */
    public @Nullable MovedShare moved(Measure measure) {
        MeasureWatch watched = measures.get(measure);
        return watched == null ? null : watched.moved();
    }

    /** How far the comparison has come, by the measure's name. */
    public Map<Measure, MeasureState> state() {
        Map<Measure, MeasureState> states = new EnumMap<>(Measure.class);
        measures.forEach((measure, watched) -> states.put(measure, watched.state()));
        return states;
    }

    /** Goes on from a {@linkplain #state() kept} state of the same baseline and limits. */
    public void resume(Map<Measure, MeasureState> states) {
        states.forEach((measure, state) -> {
            MeasureWatch watched = measures.get(measure);
            if (watched != null) {
                watched.resume(state);
            }
        });
    }
}
