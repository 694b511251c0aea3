// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.catrs.schemas.event.ShiftEvent.Measure;
import org.catrs.schemas.event.ShiftEvent.State;
import org.junit.jupiter.api.Test;

class ShiftWatchTest {
    private static final ShiftLimits LIMITS = new ShiftLimits(0.01, 0.05);
    private static final int CLASSES = 4;

    @Test
    void shouldTellALabelThatComesTooOften() {
        ShiftWatch watch = new ShiftWatch(baseline(2_000, 0.02, 1), LIMITS);
        ShiftChange change = firstChange(watch, random -> new AnswerShape(2, 2 * random.nextDouble()));
        assertThat(change.measure()).isEqualTo(Measure.LABELS);
        assertThat(change.state()).isEqualTo(State.BEGAN);
        assertThat(change.moved().share()).isEqualTo("label 2");
        assertThat(change.moved().now()).isEqualTo(1);
        assertThat(change.moved().baseline()).isBetween(0.2, 0.3);
        assertThat(change.moved().trials()).isLessThan(20);
        assertThat(watch.moved(Measure.LABELS)).isEqualTo(change.moved());
        assertThat(watch.moved(Measure.RADII)).isNull();
    }

    @Test
    void shouldTellALabelThatIsMissing() {
        ShiftWatch watch = new ShiftWatch(baseline(2_000, 0.02, 1), LIMITS);
        ShiftChange change =
                firstChange(watch, random -> new AnswerShape(random.nextInt(CLASSES - 1), 2 * random.nextDouble()));
        assertThat(change.moved().share()).isEqualTo("label 3");
        assertThat(change.moved().now()).isZero();
    }

    @Test
    void shouldTellAbstentionsThatAreMoreOrFewer() {
        ShiftWatch more = new ShiftWatch(baseline(2_000, 0.02, 1), LIMITS);
        assertThat(firstChange(more, random -> answer(random, 0.3, 1)).moved().share())
                .isEqualTo("abstained");
        ShiftWatch fewer = new ShiftWatch(baseline(2_000, 0.3, 1), LIMITS);
        ShiftChange change = firstChange(fewer, random -> answer(random, 0.02, 1));
        assertThat(change.measure()).isEqualTo(Measure.ABSTENTION);
        assertThat(change.moved().now()).isLessThan(change.moved().baseline());
    }

    @Test
    void shouldTellRadiiThatShrinkOrGrow() {
        for (double factor : new double[] {0.7, 1.4}) {
            ShiftWatch watch = new ShiftWatch(baseline(2_000, 0.02, 1), LIMITS);
            ShiftChange change = firstChange(watch, random -> answer(random, 0.02, factor));
            assertThat(change.measure()).as("radii times %s", factor).isEqualTo(Measure.RADII);
            assertThat(change.moved().share()).matches("radius below [0-9.]+ sigma");
        }
    }

    @Test
    void shouldTellAShiftAfterManyAnswersAsSoonAsAtOnce() {
        ShiftWatch watch = new ShiftWatch(baseline(2_000, 0.02, 1), LIMITS);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 100_000; i++) {
            assertThat(watch.add(answer(random, 0.02, 1))).isEmpty();
        }
        ShiftChange change = firstChange(watch, other -> new AnswerShape(2, 2 * other.nextDouble()));
        assertThat(change.moved().trials()).isLessThan(200);
    }

    @Test
    void shouldSayNothingOfAShiftThatDoesNotMatter() {
        ShiftWatch watch = new ShiftWatch(baseline(20_000, 0.02, 1), LIMITS);
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 100_000; i++) {
            assertThat(watch.add(answer(random, 0.06, 1.05))).as("answer %d", i).isEmpty();
        }
    }

    @Test
    void shouldCountARadiusAtNoStepThatItDoesNotReach() {
        for (int step = 1; step < RadiusGrid.STEPS; step++) {
            double from = RadiusGrid.from(step);
            assertThat(RadiusGrid.step(from)).isEqualTo(step);
            assertThat(RadiusGrid.step(Math.nextDown(from))).isEqualTo(step - 1);
        }
        assertThat(RadiusGrid.step(100)).isEqualTo(RadiusGrid.STEPS - 1);
    }

    @Test
    void shouldEndAShiftThatIsOver() {
        ShiftWatch watch = new ShiftWatch(baseline(2_000, 0.02, 1), LIMITS);
        SplittableRandom random = new SplittableRandom(5);
        List<State> told = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            AnswerShape answer = i < 1_000 ? new AnswerShape(2, 2 * random.nextDouble()) : answer(random, 0.02, 1);
            watch.add(answer).forEach(change -> told.add(change.state()));
            assertThat(told).as("after answer %d", i).hasSizeLessThanOrEqualTo(i < 1_000 ? 1 : 2);
        }
        assertThat(told).containsExactly(State.BEGAN, State.ENDED);
        assertThat(watch.moved(Measure.LABELS)).isNull();
    }

    @Test
    void shouldGoOnFromItsStateAsIfNothingHadHappened() {
        Baseline baseline = baseline(2_000, 0.02, 1);
        ShiftWatch watch = new ShiftWatch(baseline, LIMITS);
        ShiftWatch resumed = new ShiftWatch(baseline, LIMITS);
        SplittableRandom random = new SplittableRandom(6);
        for (int i = 0; i < 3_000; i++) {
            AnswerShape answer = answer(random, i < 1_000 ? 0.02 : 0.3, i < 2_000 ? 1 : 0.5);
            ShiftWatch next = new ShiftWatch(baseline, LIMITS);
            next.resume(resumed.state());
            resumed = next;
            assertThat(resumed.add(answer)).isEqualTo(watch.add(answer));
            assertThat(resumed.state()).isEqualTo(watch.state());
        }
    }

    /** Baseline and answers are of one distribution, which no shift that matters hides: 300 lives, 5,000 answers each. */
    @Test
    void shouldTellAShiftThatIsNoneAtMostAsOftenAsAlpha() {
        double alpha = 0.2;
        long wrong = IntStream.range(0, 300)
                .filter(life -> {
                    SplittableRandom random = new SplittableRandom(100 + life);
                    ShiftWatch watch = new ShiftWatch(baseline(random, 200, 0.1, 1), new ShiftLimits(alpha, 0));
                    return IntStream.range(0, 5_000)
                            .anyMatch(i -> !watch.add(answer(random, 0.1, 1)).isEmpty());
                })
                .count();
        assertThat(wrong / 300.0).isLessThanOrEqualTo(alpha);
    }

    @Test
    void shouldCompareAbstentionsAloneWhereTheBaselineHasNothingElse() {
        Baseline baseline = Baseline.empty(CLASSES);
        for (int i = 0; i < 100; i++) {
            baseline = baseline.with(AnswerShape.ABSTAINED);
        }
        ShiftWatch watch = new ShiftWatch(baseline, LIMITS);
        assertThat(firstChange(watch, random -> new AnswerShape(1, 1)).measure())
                .isEqualTo(Measure.ABSTENTION);
    }

    @Test
    void shouldLetLabelsShareWhereThereAreManyClasses() {
        Baseline baseline = Baseline.empty(1_000);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 2_000; i++) {
            baseline = baseline.with(new AnswerShape(random.nextInt(1_000), 1));
        }
        ShiftWatch watch = new ShiftWatch(baseline, LIMITS);
        for (int i = 0; i < 20_000; i++) {
            assertThat(watch.add(new AnswerShape(random.nextInt(1_000), 1))).isEmpty();
        }
        assertThat(firstChange(watch, other -> new AnswerShape(708, 1)).moved().share())
                .isEqualTo("label 8");
    }

    private static ShiftChange firstChange(ShiftWatch watch, Function<SplittableRandom, AnswerShape> answers) {
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 10_000; i++) {
            List<ShiftChange> changes = watch.add(answers.apply(random));
            if (!changes.isEmpty()) {
                return changes.get(0);
            }
        }
        throw new AssertionError("no shift in 10,000 answers");
    }

    private static Baseline baseline(int images, double abstained, double factor) {
        return baseline(new SplittableRandom(1), images, abstained, factor);
    }

    private static Baseline baseline(SplittableRandom random, int images, double abstained, double factor) {
        Baseline baseline = Baseline.empty(CLASSES);
        for (int i = 0; i < images; i++) {
            baseline = baseline.with(answer(random, abstained, factor));
        }
        return baseline;
    }

    private static AnswerShape answer(SplittableRandom random, double abstained, double factor) {
        return random.nextDouble() < abstained
                ? AnswerShape.ABSTAINED
                : new AnswerShape(random.nextInt(CLASSES), factor * 2 * random.nextDouble());
    }
}
