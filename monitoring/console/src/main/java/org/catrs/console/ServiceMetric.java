// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The metrics that catrs's services have of their own, each declared once: services register their meters here, and the
 * documentation lists them. All of a service exist from its start.
 */
public enum ServiceMetric {
    IMAGES_RECEIVED("catrs.images.received", Kind.COUNTER, "images", "Images taken from the topic"),
    IMAGES_CERTIFIED("catrs.images.certified", Kind.COUNTER, "images", "Images with a certified label"),
    IMAGES_ABSTAINED("catrs.images.abstained", Kind.COUNTER, "images", "Images for which the certifier abstained"),
    IMAGES_REJECTED(
            "catrs.images.rejected", Kind.COUNTER, "images", "Images that could not be certified", "stage", "reason"),
    IMAGES_GIVEN_UP(
            "catrs.images.given.up",
            Kind.COUNTER,
            "images",
            "Images that were taken and given up unanswered, because their partition moved or the service ended; whoever"
                    + " has the partition next answers them"),
    IMAGES_AT_HAND(
            "catrs.images.at.hand",
            Kind.GAUGE,
            "images",
            "Images that were taken and have no answer, or one that waits for the images before it"),
    BYTES_AT_HAND("catrs.bytes.at.hand", Kind.GAUGE, "bytes", "Size of the images at hand, or of their answers"),
    OLDEST_AT_HAND(
            "catrs.oldest.at.hand.seconds",
            Kind.GAUGE,
            "seconds",
            "How long the oldest image at hand has been at hand"),
    STANDSTILL(
            "catrs.standstill.seconds",
            Kind.GAUGE,
            "seconds",
            "The longest time for which a partition has answered nothing though it has images at hand"),
    BROKERS_UNREACHED(
            "catrs.brokers.unreached.seconds",
            Kind.GAUGE,
            "seconds",
            "For how long no broker has answered; 0 while they do"),
    IMAGES_LOST(
            "catrs.images.lost",
            Kind.COUNTER,
            "offsets",
            "Offsets that retention, or somebody, removed before their images were answered: at most so many images, since"
                    + " transactions take offsets, too"),
    OFFSETS_TO_REMOVED(
            "catrs.offsets.to.removed",
            Kind.GAUGE,
            "offsets",
            "The smallest number of offsets from the begin of a partition's log to the first image that the group has not"
                    + " answered, over the partitions that have such images and from which something was removed; NaN"
                    + " where none has"),
    HELD(
            "catrs.held",
            Kind.TIMER,
            "seconds",
            "Time for which an image's answer waits for those of the images before it in its partition"),
    NOISE_SAMPLES("catrs.noise.samples", Kind.COUNTER, "samples", "Noisy copies of images that were classified"),
    CERTIFICATION("catrs.certification", Kind.TIMER_WITH_BUCKETS, "seconds", "Time to certify an image"),
    DECODE("catrs.decode", Kind.TIMER, "seconds", "Time to decode an image"),
    SAMPLES(
            "catrs.samples",
            Kind.BUCKETS,
            "samples",
            "Noise samples spent on an image, those that choose the class included",
            "plan"),
    SAMPLING_ENDED("catrs.sampling.ended", Kind.COUNTER, "images", "Images by why their sampling ended", "reason"),
    RADIUS(
            "catrs.radius",
            Kind.BUCKETS,
            "L2, pixels in [0, 1]",
            "Certified L2 radius, in units of pixels scaled to [0, 1]; buckets are eighths of the model's sigma",
            "model",
            "version"),
    LOWER_BOUND(
            "catrs.lower.bound",
            Kind.BUCKETS,
            "probability",
            "Lower bound of the candidate's probability (p_A)",
            "model",
            "version"),
    SHIFT(
            "catrs.shift",
            Kind.GAUGE,
            "share",
            "How far a share of the answers is from the baseline while a shift lasts; 0 else. Each instance shows the"
                    + " models that it compares",
            "model",
            "version",
            "plan",
            "target",
            "measure"),
    SHIFTS_BEGUN("catrs.shifts.begun", Kind.COUNTER, "shifts", "Shifts that began", "model", "measure"),
    MODEL_INFO(
            "catrs.model.info",
            Kind.GAUGE,
            "",
            "The models that certify; always 1",
            "name",
            "version",
            "sha256",
            "provider",
            "precision"),
    MODEL_SWAPS(
            "catrs.model.swaps",
            Kind.COUNTER,
            "models",
            "Models that were put into service, new ones and those in the place of another"),
    MODEL_REFUSED(
            "catrs.model.refused",
            Kind.COUNTER,
            "attempts",
            "Releases that are not served; each attempt at one counts",
            "reason"),
    MODEL_LOADING(
            "catrs.model.loading", Kind.TIMER, "seconds", "Time from the begin of a release's fetching to its service"),
    TRAINER_JOBS("catrs.trainer.jobs", Kind.GAUGE, "jobs", "Jobs that this instance holds", "state"),
    TRAINER_JOBS_ENDED(
            "catrs.trainer.jobs.ended", Kind.COUNTER, "jobs", "Jobs that this instance has brought to an end", "state"),
    TRAINER_JOB_INFO("catrs.trainer.job.info", Kind.GAUGE, "", "The job that is worked at; always 1", "job", "model"),
    TRAINER_IMAGES("catrs.trainer.images", Kind.COUNTER, "images", "Images that were trained on"),
    TRAINER_IMAGES_PER_SECOND(
            "catrs.trainer.images.per.second",
            Kind.GAUGE,
            "images/s",
            "Images trained on in a second, over the last steps"),
    TRAINER_EPOCH("catrs.trainer.epoch", Kind.GAUGE, "epochs", "Passes over the data that are done"),
    TRAINER_EPOCH_SECONDS("catrs.trainer.epoch.seconds", Kind.GAUGE, "seconds", "Seconds that the last epoch took"),
    TRAINER_LOSS("catrs.trainer.loss", Kind.GAUGE, "", "Mean loss per image of the last steps"),
    TRAINER_CERTIFIED_ACCURACY(
            "catrs.trainer.certified.accuracy",
            Kind.GAUGE,
            "share",
            "Estimated share of held-out images that the network of the last epoch certifies with their true label at an"
                    + " L2 radius, in units of pixels scaled to [0, 1]",
            "radius"),
    TRAINER_CHECKPOINT_FAILURES(
            "catrs.trainer.checkpoint.failures",
            Kind.COUNTER,
            "checkpoints",
            "Checkpoints that could not be brought to the store");

    private final String meter;
    private final Kind kind;
    private final String unit;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    ServiceMetric(String meter, Kind kind, String unit, String meaning, String... labels) {
        this.meter = meter;
        this.kind = kind;
        this.unit = unit;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    /** Name of the meter, which Micrometer turns into Prometheus's. */
    public String meter() {
        return meter;
    }

    /** Name of the metric at {@code /metrics}. */
    public String prometheusName() {
        return meter.replace('.', '_') + kind.suffix;
    }

    /** What Prometheus calls its type. */
    public String type() {
        return kind.type;
    }

    /** What is counted or measured; empty for a number of its own kind. */
    public String unit() {
        return unit;
    }

    public String meaning() {
        return meaning;
    }

    public List<String> labels() {
        return labels;
    }

    /** Registers a counter, which begins at zero. */
    public Counter counter(MeterRegistry registry, String... labelValues) {
        return Counter.builder(meter)
                .description(meaning)
                .tags(tags(labelValues))
                .register(registry);
    }

    /** Registers a gauge, whose value is asked for when it is read. */
    public void gauge(MeterRegistry registry, DoubleSupplier value, String... labelValues) {
        Gauge.builder(meter, value::getAsDouble)
                .description(meaning)
                .tags(tags(labelValues))
                .register(registry);
    }

    /** Registers a gauge whose labels come and go. */
    public MultiGauge multiGauge(MeterRegistry registry) {
        return MultiGauge.builder(meter).description(meaning).register(registry);
    }

    /** Registers a timer; one of a kind with buckets has these. */
    public Timer timer(MeterRegistry registry, Duration... buckets) {
        return Timer.builder(meter)
                .description(meaning)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /** Registers a histogram with buckets of its own for each model. */
    public ModelHistogram modelHistogram(MeterRegistry registry) {
        return ModelHistogram.register(registry, this);
    }

    /** Registers a histogram of whole numbers. */
    public DistributionSummary histogram(MeterRegistry registry, double[] buckets, String... labelValues) {
        return DistributionSummary.builder(meter)
                .description(meaning)
                .tags(tags(labelValues))
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    /**
     * The labels with their values.
     *
     * @throws IllegalArgumentException when there is not one value for each label
     */
    public Tags tags(String... labelValues) {
        if (labelValues.length != labels.size()) {
            throw new IllegalArgumentException(meter + " has the labels " + labels);
        }
        Tags tags = Tags.empty();
        for (int label = 0; label < labelValues.length; label++) {
            tags = tags.and(labels.get(label), labelValues[label]);
        }
        return tags;
    }

    private enum Kind {
        COUNTER("_total", "counter"),
        GAUGE("", "gauge"),
        TIMER("_seconds", "summary"),
        TIMER_WITH_BUCKETS("_seconds", "histogram"),
        BUCKETS("", "histogram");

        private final String suffix;
        private final String type;

        Kind(String suffix, String type) {
            this.suffix = suffix;
            this.type = type;
        }
    }
}
