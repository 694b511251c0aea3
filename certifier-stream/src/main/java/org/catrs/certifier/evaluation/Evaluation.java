// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.catrs.certifier.evaluation.rows.EvaluationLog;
import org.catrs.certifier.evaluation.rows.EvaluationRow;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.certifier.evaluation.summary.EvaluationSummary;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.program.terminal.Progress;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.LabelledImage;

/** Certifies the images of a data set one after another: the standard protocol (Cohen et al. 2019, section 4). */
public final class Evaluation {
    private final Dataset dataset;
    private final SmoothedClassifier smoothed;
    private final long n0;
    private final SamplingPlan plan;
    private final Supplier<Seed> seeds;

    /**
     * @param plan how samples are spent on each image
     * @param seeds give each image's seed; certificates hold only with seeds that nobody can know beforehand
     * @throws InvalidDataException when the data set's images or classes are not the classifier's
     */
    public Evaluation(
            Dataset dataset,
            BaseClassifier classifier,
            SmoothingParameters parameters,
            SamplingPlan plan,
            Supplier<Seed> seeds) {
        if (!dataset.shape().equals(classifier.inputShape())) {
            throw new InvalidDataException("the images of " + dataset.name() + " are " + dataset.shape()
                    + " (channels x height x width), but the model takes " + classifier.inputShape());
        }
        if (dataset.classNames().size() != classifier.classes()) {
            throw new InvalidDataException("the data set " + dataset.name() + " has "
                    + dataset.classNames().size() + " classes, but the model tells " + classifier.classes() + " apart");
        }
        this.dataset = dataset;
        this.smoothed = new SmoothedClassifier(classifier, parameters);
        this.n0 = parameters.n0();
        this.plan = plan;
        this.seeds = seeds;
    }

    /**
     * Refuses a model that calls a class otherwise than the data set. A name that is a number says nothing.
     *
     * @param classNames the model's, in the order of the logits
     * @throws InvalidDataException when two names of a class contradict each other
     */
    public void requireSameClasses(List<String> classNames) {
        for (int label = 0; label < classNames.size(); label++) {
            String ours = classNames.get(label);
            String theirs = dataset.classNames().get(label);
            if (!isNumber(ours) && !isNumber(theirs) && !plain(ours).equals(plain(theirs))) {
                throw new InvalidDataException("the model calls class " + label + " '" + ours + "', and the data set "
                        + dataset.name() + " calls it '" + theirs
                        + "': their classes are in another order, or are others; give the model's with --classes");
            }
        }
    }

    private static boolean isNumber(String name) {
        return name.chars().allMatch(Character::isDigit);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /**
     * Certifies what the file of the run does not have yet, and adds it there.
     *
     * @param to index before which the images end
     * @param max how many images the file has at most in the end
     * @param unreadable indices of images that are passed over
     * @throws InvalidDataException when the file is of another run, or cannot be written
     */
    public void run(EvaluationRun run, int to, int max, Set<Integer> unreadable, Path file) {
        int[] all = IntStream.iterate(run.first(), index -> index < dataset.size(), index -> index + run.skip())
                .filter(index -> !unreadable.contains(index))
                .toArray();
        int[] indices = IntStream.of(all).filter(index -> index < to).limit(max).toArray();
        try (EvaluationLog log = EvaluationLog.open(file, run, all)) {
            int resumed = log.rows().size();
            if (resumed >= indices.length) {
                return;
            }
            try (Progress progress = Progress.resume("evaluate", "images", resumed, indices.length)) {
                long start = System.nanoTime();
                long samples = 0;
                for (int position = resumed; position < indices.length; position++) {
                    EvaluationRow row = certify(indices[position]);
                    log.add(row);
                    samples += n0 + row.samples();
                    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
                    int done = position + 1;
                    progress.update(done, note(log.rows(), samples, elapsed));
                }
            }
        }
    }

    private EvaluationRow certify(int index) {
        LabelledImage labelled = dataset.get(index);
        long start = System.nanoTime();
        Certificate certificate = smoothed.certify(labelled.image(), seeds.get(), plan, StopCondition.NEVER);
        return EvaluationRow.of(index, labelled.label(), certificate, Duration.ofNanos(System.nanoTime() - start));
    }

    private String note(List<EvaluationRow> rows, long samples, Duration elapsed) {
        EvaluationSummary summary = new EvaluationSummary(rows);
        double seconds = elapsed.toNanos() / 1e9;
        return String.format(
                Locale.ROOT,
                "ACR %s, %.1f %% certified, %.1f %% abstained, %,.0f samples/s",
                summary.averageCertifiedRadiusRounded(EvaluationSummary.ACR_PLACES),
                100 * summary.certifiedAccuracy(0).value(),
                100 * summary.abstentionRate().value(),
                samples / seconds);
    }
}
