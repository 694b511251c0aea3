// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.DoubleSupplier;
import java.util.function.DoubleUnaryOperator;
import org.catrs.console.ServiceMetric;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.checkpoint.EpochRow;

/**
 * What an instance has done since it started, and how the training at hand goes, or how the last one went; figures
 * of a training are 0 before the first.
 */
final class TrainerMeters {
    /** Share of the past that a step leaves in the figures: they look back some 25 steps. */
    private static final double MEMORY = 0.96;

    /** Radii at which certified accuracy is estimated, in units of sigma. */
    private static final double[] RADII = {0, 0.5, 1};

    private static final List<String> NAMES = List.of("0", "0.5", "1");

    private final Map<State, Counter> ended = new EnumMap<>(State.class);
    private final Counter images;
    private final Counter checkpointFailures;
    private final MultiGauge job;
    private final AtomicReferenceArray<Double> certifiedAccuracy = new AtomicReferenceArray<>(RADII.length);
    private volatile Figures figures = Figures.NONE;

    /**
     * Registers the meters.
     *
     * @param queued asked for the number of jobs that wait
     * @param running asked for the number of jobs that are worked at, 0 or 1
     */
    TrainerMeters(MeterRegistry registry, DoubleSupplier queued, DoubleSupplier running) {
        ServiceMetric.TRAINER_JOBS.gauge(registry, queued, "queued");
        ServiceMetric.TRAINER_JOBS.gauge(registry, running, "running");
        for (State state : List.of(State.SUCCEEDED, State.FAILED, State.CANCELLED)) {
            ended.put(
                    state,
                    ServiceMetric.TRAINER_JOBS_ENDED.counter(
                            registry, state.name().toLowerCase(Locale.ROOT)));
        }
        images = ServiceMetric.TRAINER_IMAGES.counter(registry);
        checkpointFailures = ServiceMetric.TRAINER_CHECKPOINT_FAILURES.counter(registry);
        job = ServiceMetric.TRAINER_JOB_INFO.multiGauge(registry);
        for (int radius = 0; radius < RADII.length; radius++) {
            int index = radius;
            ServiceMetric.TRAINER_CERTIFIED_ACCURACY.gauge(
                    registry, () -> Objects.requireNonNullElse(certifiedAccuracy.get(index), 0.0), NAMES.get(radius));
        }
        ServiceMetric.TRAINER_EPOCH.gauge(registry, () -> figures.epoch());
        ServiceMetric.TRAINER_LOSS.gauge(registry, () -> figures.loss());
        ServiceMetric.TRAINER_IMAGES_PER_SECOND.gauge(registry, () -> figures.imagesPerSecond());
        ServiceMetric.TRAINER_EPOCH_SECONDS.gauge(registry, () -> figures.epochSeconds());
    }

    /** The work at a job begins. */
    void began(TrainingJob begun) {
        figures = Figures.NONE;
        setAccuracy(radius -> 0.0);
        job.register(
                List.of(MultiGauge.Row.of(ServiceMetric.TRAINER_JOB_INFO.tags(begun.id(), begun.model()), 1)), true);
    }

    /** No job is worked at any more. */
    void stopped() {
        job.register(List.of(), true);
        figures = figures.stopped();
    }

    void ended(State state) {
        Counter counter = ended.get(state);
        if (counter != null) {
            counter.increment();
        }
    }

    void checkpointFailed() {
        checkpointFailures.increment();
    }

    /**
     * A step is done.
     *
     * @param epoch passes over the data that are done
     * @param seconds that the step took
     */
    void step(double epoch, double seconds, SliceLoss loss) {
        images.increment((double) loss.images());
        figures = figures.after(epoch, seconds, loss);
    }

    void epoch(EpochRow row) {
        figures = figures.withEpochSeconds(row.seconds());
    }

    /**
     * An estimate was made.
     *
     * @param radii certified radius of each held-out image; negative where there is none
     * @param sigma of the training
     */
    void certified(double[] radii, double sigma) {
        setAccuracy(radius -> (double) Arrays.stream(radii)
                        .filter(certified -> certified >= sigma * radius)
                        .count()
                / radii.length);
    }

    private void setAccuracy(DoubleUnaryOperator share) {
        for (int radius = 0; radius < RADII.length; radius++) {
            certifiedAccuracy.set(radius, share.applyAsDouble(RADII[radius]));
        }
    }

    /**
     * Figures of the training at hand; sums over the last steps, the further back the less.
     *
     * @param weight of the steps
     * @param lossSum of their mean losses
     * @param imageSum of their images
     * @param secondSum of their seconds
     */
    private record Figures(
            double epoch, double epochSeconds, double weight, double lossSum, double imageSum, double secondSum) {
        static final Figures NONE = new Figures(0, 0, 0, 0, 0, 0);

        Figures after(double epoch, double seconds, SliceLoss loss) {
            return new Figures(
                    epoch,
                    epochSeconds,
                    MEMORY * weight + 1,
                    MEMORY * lossSum + loss.meanLoss(),
                    MEMORY * imageSum + loss.images(),
                    MEMORY * secondSum + seconds);
        }

        Figures withEpochSeconds(double seconds) {
            return new Figures(epoch, seconds, weight, lossSum, imageSum, secondSum);
        }

        /** What was reached stays to be seen; nothing is trained on. */
        Figures stopped() {
            return new Figures(epoch, epochSeconds, weight, lossSum, 0, 0);
        }

        double loss() {
            return weight == 0 ? 0 : lossSum / weight;
        }

        double imagesPerSecond() {
            return secondSum == 0 ? 0 : imageSum / secondSum;
        }
    }
}
