// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.certifier.evaluation.rows.EvaluationRow;
import org.catrs.certifier.evaluation.rows.EvaluationWriter;
import org.catrs.schemas.event.CertifiedPrediction;

/** Writes predictions of known label to an evaluation file. */
public final class AnswerRows implements AutoCloseable {
    private static final Pattern TRAILING_NUMBER = Pattern.compile("(\\d{1,9})$");

    private final EvaluationWriter writer;
    private int running;
    private long unlabelled;

    public AnswerRows(Path file) {
        this.writer = EvaluationWriter.create(file);
    }

    /**
     * Writes a prediction; one without a true label is only counted. Its index is the number at the end of its key, or
     * its place in the file.
     */
    public void add(ReceivedPrediction answer) {
        Integer trueLabel = answer.prediction().trueLabel();
        if (trueLabel == null) {
            unlabelled++;
            return;
        }
        Matcher number = TRAILING_NUMBER.matcher(answer.key() == null ? "" : answer.key());
        int index = number.find() ? Integer.parseInt(number.group(1)) : running;
        running++;
        writer.write(row(index, trueLabel, answer.prediction()));
    }

    /** Predictions that could not be written because nobody said their true label. */
    public long unlabelled() {
        return unlabelled;
    }

    @Override
    public void close() {
        writer.close();
    }

    private static EvaluationRow row(int index, int trueLabel, CertifiedPrediction prediction) {
        Integer label = prediction.label();
        return new EvaluationRow(
                index,
                trueLabel,
                label == null ? EvaluationRow.ABSTAIN : label,
                prediction.radius(),
                Duration.ofNanos(Math.round(prediction.seconds() * 1e9)),
                new EvaluationRow.Estimate(
                        prediction.samples() - prediction.n0(),
                        prediction.estimationCounts().get(prediction.candidate()),
                        prediction.probabilityLowerBound()));
    }
}
