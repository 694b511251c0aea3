// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The metrics that catrs's services have of their own, each declared once: services register their meters here, and the
 * documentation lists them. All of a service exist from its start.
 */
public enum ServiceMetric {
    IMAGES_RECEIVED(
            "catrs.images.received",
            Kind.COUNTER,
            "images",
            "Images taken from the topic, by the model that they ask for, in the version that is served then",
            "Do images come, and for which model?",
            "model",
            "version"),
    IMAGES_CERTIFIED(
            "catrs.images.certified",
            Kind.COUNTER,
            "images",
            "Images with a certified label",
            "Are images certified?",
            "model",
            "version"),
    IMAGES_ABSTAINED(
            "catrs.images.abstained",
            Kind.COUNTER,
            "images",
            "Images for which the certifier abstained",
            "How many images get no label?",
            "model",
            "version"),
    IMAGES_REJECTED(
            "catrs.images.rejected",
            Kind.COUNTER,
            "images",
            "Images that could not be certified",
            "What cannot be certified, and why?",
            "model",
            "version",
            "stage",
            "reason"),
    IMAGES_GIVEN_UP(
            "catrs.images.given.up",
            Kind.COUNTER,
            "images",
            "Images that were taken and given up unanswered, because their partition moved or the service"
            + " ended; whoever has the partition next answers them",
            "How much work is done twice?",
            "model",
            "version"),
    IMAGES_UNACCOUNTED(
            "catrs.images.unaccounted",
            Kind.GAUGE,
            "images",
            "Images received less those certified, abstained from, rejected, given up and at hand; 0 unless"
            + " something is wrong",
            "Is each image answered exactly once?"),
    IMAGES_LOST(
            "catrs.images.lost",
            Kind.COUNTER,
            "images",
            "Images, at most, that retention, or somebody, removed before they were answered: offsets, of which transactions"
                    + " take some, too",
            "Did images go unanswered for ever?"),
    LABELS(
            "catrs.labels",
            Kind.COUNTER,
            "images",
            "Certified labels: the number of the class, and its name or, where it has none, the number. Above"
            + " 100 classes the most frequent have a series each, the rest is 'other'",
            "Are the labels as always?",
            "model",
            "version",
            "label",
            "class"),
    NOISE_SAMPLES(
            "catrs.noise.samples",
            Kind.COUNTER,
            "samples",
            "Noisy copies of images that were classified",
            "How much does the network work?",
            "model",
            "version"),
    SAMPLES(
            "catrs.samples",
            Kind.HISTOGRAM,
            "samples",
            "Noise samples spent on an image, those that choose the class included",
            "What does a certificate cost?",
            "model",
            "version",
            "plan"),
    SAMPLING_ENDED(
            "catrs.sampling.ended",
            Kind.COUNTER,
            "images",
            "Images by why their sampling ended",
            "Do plans end because they are done, or because they must?",
            "model",
            "version",
            "reason"),
    RADIUS(
            "catrs.radius",
            Kind.HISTOGRAM,
            "L2, pixels in [0, 1]",
            "Certified L2 radius, in units of pixels scaled to [0, 1]; buckets are eighths of the model's"
            + " sigma",
            "Are the radii as always?",
            "model",
            "version"),
    LOWER_BOUND(
            "catrs.lower.bound",
            Kind.HISTOGRAM,
            "probability",
            "Lower bound of the candidate's probability (p_A)",
            "How sure are the votes?",
            "model",
            "version"),
    QUEUE(
            "catrs.queue",
            Kind.TIMES,
            "seconds",
            "Time from an image's own timestamp to the begin of the work on it",
            "How long do images wait before anybody looks at them?",
            "model",
            "version"),
    DECODE(
            "catrs.decode",
            Kind.TIMES,
            "seconds",
            "Time to decode an image",
            "Is it the decoding that takes long?",
            "model",
            "version"),
    CERTIFICATION(
            "catrs.certification",
            Kind.TIMES,
            "seconds",
            "Time to certify an image, its waits for batches included",
            "Is it the certification that takes long?",
            "model",
            "version"),
    BATCH_WAIT(
            "catrs.batch.wait",
            Kind.SUMS,
            "seconds",
            "Time for which a request for votes waits until a batch takes its first sample; an image makes"
            + " one request for each look",
            "Is the network the narrow place?",
            "model",
            "version"),
    ANSWER(
            "catrs.answer",
            Kind.TIMES,
            "seconds",
            "Time to write an answer, and to sign it where there is a key",
            "Is it the writing that takes long?",
            "model",
            "version"),
    HELD(
            "catrs.held",
            Kind.TIMES,
            "seconds",
            "Time for which an image's answer waits for those of the images before it in its partition",
            "Do slow images hold their neighbours back?",
            "model",
            "version"),
    LATENCY(
            "catrs.latency",
            Kind.TIMES,
            "seconds",
            "Time from an image's own timestamp until its answer is handed to the producer",
            "How old is an image when it is answered?",
            "model",
            "version"),
    BATCH_SLOTS(
            "catrs.batch.slots",
            Kind.COUNTER,
            "places",
            "Places for samples in the batches that the network has run",
            "How many batches are run?",
            "model",
            "version"),
    BATCH_SLOTS_USED(
            "catrs.batch.slots.used",
            Kind.COUNTER,
            "places",
            "Those of them whose votes somebody waited for",
            "How full are the batches?",
            "model",
            "version"),
    IMAGES_AT_HAND(
            "catrs.images.at.hand",
            Kind.GAUGE,
            "images",
            "Images that were taken and have no answer, or one that waits for the images before it",
            "How much is under way?"),
    BYTES_AT_HAND(
            "catrs.bytes.at.hand",
            Kind.GAUGE,
            "bytes",
            "Size of the images at hand, or of their answers",
            "How much memory do images take?"),
    IMAGES_WAITING(
            "catrs.images.waiting",
            Kind.GAUGE,
            "images",
            "Images at hand that no worker has begun",
            "Do images wait for workers?"),
    BYTES_WAITING(
            "catrs.bytes.waiting",
            Kind.GAUGE,
            "bytes",
            "Their size",
            "How much waits for workers?"),
    OLDEST_AT_HAND(
            "catrs.oldest.at.hand.seconds",
            Kind.GAUGE,
            "seconds",
            "How long the oldest image at hand has been at hand",
            "Is an image stuck?"),
    STANDSTILL(
            "catrs.standstill.seconds",
            Kind.GAUGE,
            "seconds",
            "The longest time for which a partition has answered nothing though it has images at hand",
            "Does a partition stand still?"),
    LAG_IMAGES(
            "catrs.lag.images",
            Kind.GAUGE,
            "images",
            "Images without an answer in the partitions that the instance has: those that it has not taken,"
            + " and those at hand",
            "How far behind is the instance?"),
    LAG_SECONDS(
            "catrs.lag.seconds",
            Kind.GAUGE,
            "seconds",
            "Age, by its own timestamp, of the oldest image at hand; 0 where none is",
            "How far behind is the instance, in time?"),
    LOG_START_DISTANCE(
            "catrs.log.start.distance.images",
            Kind.GAUGE,
            "images",
            "Images, at most, between the start of the log and the first one that the group has not answered, over the"
                    + " partitions that have such images and from which something was removed; infinite where none has",
            "How near is retention to images without an answer?"),
    BROKERS_UNREACHED(
            "catrs.brokers.unreached.seconds",
            Kind.GAUGE,
            "seconds",
            "For how long no broker has answered; 0 while they do",
            "Are the brokers there?"),
    PARTITIONS(
            "catrs.partitions",
            Kind.GAUGE,
            "partitions",
            "Partitions of images that the instance has",
            "Is the work shared?"),
    STREAM_THREADS(
            "catrs.stream.threads",
            Kind.GAUGE,
            "threads",
            "Threads of the stream that are alive",
            "Does the stream run?"),
    POLL_GAP(
            "catrs.poll.gap.seconds",
            Kind.GAUGE,
            "seconds",
            "Longest time between two polls of a thread of the stream, over the last half minute",
            "Does something hold a thread of the stream up?"),
    REBALANCES(
            "catrs.rebalances",
            Kind.COUNTER,
            "rebalances",
            "Rebalances of the group in which the instance took part",
            "Is the group at rest?"),
    TRANSACTIONS_COMMITTED(
            "catrs.transactions.committed",
            Kind.COUNTER,
            "transactions",
            "Transactions of answers that were committed",
            "Do the brokers take answers?"),
    TRANSACTIONS_ABORTED(
            "catrs.transactions.aborted",
            Kind.COUNTER,
            "transactions",
            "Transactions that were aborted; their images are answered again",
            "Do the brokers refuse answers?"),
    SHIFT(
            "catrs.shift",
            Kind.GAUGE,
            "share",
            "How far a share of the answers is from the baseline while a shift lasts; 0 else. Each instance"
            + " shows the models that it compares",
            "Are the answers still those of the baseline?",
            "model",
            "version",
            "plan",
            "target",
            "measure"),
    SHIFTS_BEGUN(
            "catrs.shifts.begun",
            Kind.COUNTER,
            "shifts",
            "Shifts that began",
            "When did the answers change?",
            "model",
            "measure"),
    BASELINE_IMAGES(
            "catrs.baseline.images",
            Kind.GAUGE,
            "images",
            "Answers that the baseline is made of",
            "Is there a baseline to compare with?",
            "model",
            "version",
            "plan",
            "target"),
    BASELINE_ABSTAINED_SHARE(
            "catrs.baseline.abstained.share",
            Kind.GAUGE,
            "share",
            "Share of the baseline's answers that abstain",
            "How many abstentions are as always?",
            "model",
            "version",
            "plan",
            "target"),
    BASELINE_LABEL_SHARE(
            "catrs.baseline.label.share",
            Kind.GAUGE,
            "share",
            "Share of a class among the baseline's certified labels; above 100 classes of the most frequent,"
            + " and of the rest as 'other'",
            "Which labels are as always?",
            "model",
            "version",
            "plan",
            "target",
            "label"),
    MODEL_INFO(
            "catrs.model.info",
            Kind.GAUGE,
            "",
            "The models that certify; always 1. 'configured' is the provider that was asked for",
            "Which models certify, and on what?",
            "model",
            "version",
            "sha256",
            "provider",
            "precision",
            "configured"),
    MODEL_PROVIDER_FALLBACK(
            "catrs.model.provider.fallback",
            Kind.GAUGE,
            "",
            "1 for a model that runs on the CPU, since no NVIDIA device could be used, though the machine has"
            + " one and the provider auto was to find it; 0 else",
            "Does a model run on what it should?",
            "model",
            "version"),
    MODEL_SWAPS(
            "catrs.model.swaps",
            Kind.COUNTER,
            "models",
            "Models that were put into service, new ones and those in the place of another",
            "When did models change?"),
    MODEL_REFUSED(
            "catrs.model.refused",
            Kind.COUNTER,
            "attempts",
            "Releases that are not served; each attempt at one counts",
            "Are releases refused, and why?",
            "reason"),
    MODEL_LOADING(
            "catrs.model.loading",
            Kind.TIMER,
            "seconds",
            "Time from the begin of a release's fetching to its service",
            "How long does a release take?"),
    RESIDENT_MEMORY(
            "process.resident.memory.bytes",
            Kind.GAUGE,
            "bytes",
            "Memory that the process has in use, of Java and of native libraries (Linux)",
            "Does the process grow towards its limit?"),
    OPEN_FILES(
            "process.open.fds",
            Kind.GAUGE,
            "files",
            "Files and connections that the process has open (Linux)",
            "Are files or connections left open?"),
    MOST_OPEN_FILES(
            "process.max.fds",
            Kind.GAUGE,
            "files",
            "Files and connections that the process may have open (Linux)",
            "How many more may be open?"),
    NATIVE_THREADS(
            "process.threads",
            Kind.GAUGE,
            "threads",
            "Threads of the process, those of native libraries included (Linux)",
            "Do threads pile up?"),
    GPU_UTILIZATION(
            "catrs.gpu.utilization",
            Kind.GAUGE,
            "share",
            "Share of time in which a GPU of the machine was busy, as nvidia-smi tells; no series where there"
            + " is none",
            "Are the GPUs busy?",
            "gpu"),
    GPU_MEMORY(
            "catrs.gpu.memory.used.bytes",
            Kind.GAUGE,
            "bytes",
            "Memory of a GPU that is in use, as nvidia-smi tells",
            "Does the GPU's memory suffice?",
            "gpu"),
    TRAINER_JOBS(
            "catrs.trainer.jobs",
            Kind.GAUGE,
            "jobs",
            "Jobs that this instance holds",
            "Is there work?",
            "state"),
    TRAINER_JOBS_ENDED(
            "catrs.trainer.jobs.ended",
            Kind.COUNTER,
            "jobs",
            "Jobs that this instance has brought to an end",
            "Do jobs succeed?",
            "state"),
    TRAINER_JOB_INFO(
            "catrs.trainer.job.info",
            Kind.GAUGE,
            "",
            "The job that is worked at; always 1",
            "Which job is it?",
            "job",
            "model"),
    TRAINER_IMAGES(
            "catrs.trainer.images",
            Kind.COUNTER,
            "images",
            "Images that were trained on",
            "Does the training go on?"),
    TRAINER_IMAGES_PER_SECOND(
            "catrs.trainer.images.per.second",
            Kind.GAUGE,
            "images/s",
            "Images trained on in a second, over the last steps; 0 while nothing is trained",
            "How fast is it?"),
    TRAINER_EPOCH(
            "catrs.trainer.epoch",
            Kind.GAUGE,
            "epochs",
            "Passes over the data that are done, of the training at hand, else of the last one; 0 before the"
            + " first",
            "How far is it?"),
    TRAINER_EPOCH_SECONDS(
            "catrs.trainer.epoch.seconds",
            Kind.GAUGE,
            "seconds",
            "Seconds that the last epoch took, of the training at hand, else of the last one; 0 before the"
            + " first",
            "When will it be done?"),
    TRAINER_LOSS(
            "catrs.trainer.loss",
            Kind.GAUGE,
            "loss",
            "Mean loss per image over the last steps, of the training at hand, else of the last one; 0 before"
            + " the first",
            "Does the network learn?"),
    TRAINER_CERTIFIED_ACCURACY(
            "catrs.trainer.certified.accuracy",
            Kind.GAUGE,
            "share",
            "Estimated share of held-out images that the network of the last epoch certifies with their true"
            + " label at an L2 radius of so many sigma, of the training at hand, else of the last one; 0 before"
            + " the first",
            "Is the network worth a release?",
            "sigmas"),
    TRAINER_CHECKPOINT_FAILURES(
            "catrs.trainer.checkpoint.failures",
            Kind.COUNTER,
            "checkpoints",
            "Checkpoints that could not be brought to the store",
            "Would a crash cost more than the last minutes?");

    private final String meter;
    private final Kind kind;
    private final String unit;
    private final String meaning;
    private final String question;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> labels;

    ServiceMetric(String meter, Kind kind, String unit, String meaning, String question, String... labels) {
        this.meter = meter;
        this.kind = kind;
        this.unit = unit;
        this.meaning = meaning;
        this.question = question;
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

    /** What somebody asks who looks at it. */
    public String question() {
        return question;
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

    /** Registers a counter that is counted elsewhere, and read when it is asked for; it never goes down. */
    public <T> FunctionCounter counter(
            MeterRegistry registry, T source, ToDoubleFunction<T> count, String... labelValues) {
        return FunctionCounter.builder(meter, source, count)
                .description(meaning)
                .tags(tags(labelValues))
                .register(registry);
    }

    /** Registers a number of events and the seconds that they took together, which are counted elsewhere. */
    public <T> FunctionTimer sums(
            MeterRegistry registry, T source, ToLongFunction<T> events, ToDoubleFunction<T> seconds, String... labelValues) {
        return FunctionTimer.builder(meter, source, events, seconds, TimeUnit.SECONDS)
                .description(meaning)
                .tags(tags(labelValues))
                .register(registry);
    }

    /** Registers a gauge, whose value is asked for when it is read. */
    public Gauge gauge(MeterRegistry registry, DoubleSupplier value, String... labelValues) {
        return Gauge.builder(meter, value::getAsDouble)
                .description(meaning)
                .tags(tags(labelValues))
                .register(registry);
    }

    /** Registers a gauge whose labels come and go. */
    public MultiGauge multiGauge(MeterRegistry registry) {
        return MultiGauge.builder(meter).description(meaning).register(registry);
    }

    /** Registers a timer. */
    public Timer timer(MeterRegistry registry) {
        return Timer.builder(meter).description(meaning).register(registry);
    }

    /** Registers a histogram with buckets of its own for each model. */
    public ModelHistogram modelHistogram(MeterRegistry registry) {
        return ModelHistogram.register(registry, this);
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
        SUMS("_seconds", "summary"),
        TIMES("_seconds", "histogram"),
        HISTOGRAM("", "histogram");

        private final String suffix;
        private final String type;

        Kind(String suffix, String type) {
            this.suffix = suffix;
            this.type = type;
        }
    }
}
