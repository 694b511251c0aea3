// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import java.util.Locale;
import org.catrs.schemas.event.CertifiedPrediction;

/** Counts answers and tells their rates. */
public final class AnswerSummary {
    private long answers;
    private long predictions;
    private long rejected;
    private long abstained;
    private long correct;
    private long wrong;
    private long firstSamples;
    private long samples;
    private long firstNanos;
    private long lastNanos;

    /** @param nanos when it came, by {@link System#nanoTime()} */
    public void add(ReceivedAnswer answer, long nanos) {
        long drawn = answer instanceof ReceivedPrediction received
                ? received.prediction().samples()
                : 0;
        if (answers == 0) {
            firstNanos = nanos;
            firstSamples = drawn;
        }
        lastNanos = nanos;
        answers++;
        samples += drawn;
        if (answer instanceof ReceivedPrediction received) {
            count(received.prediction());
        } else {
            rejected++;
        }
    }

    private void count(CertifiedPrediction prediction) {
        predictions++;
        Integer label = prediction.label();
        if (label == null) {
            abstained++;
        } else if (prediction.trueLabel() != null) {
            if (label.equals(prediction.trueLabel())) {
                correct++;
            } else {
                wrong++;
            }
        }
    }

    /** Number of answers, rejections included. */
    public long answers() {
        return answers;
    }

    /** Number of predictions. */
    public long predictions() {
        return predictions;
    }

    /**
     * A line that tells what came, and how fast it was read from the first to the last. That is as fast as it was certified
     * only where the reader waits for the certifiers. The rates leave the first one out, because nobody knows when it was
     * begun.
     */
    public String line() {
        double seconds = (lastNanos - firstNanos) / 1e9;
        String outcomes = answers + " images: " + (predictions - abstained) + " certified (" + correct + " correct, "
                + wrong + " wrong), " + abstained + " abstained, " + rejected + " rejected";
        return seconds <= 0
                ? outcomes
                : outcomes
                        + String.format(
                                Locale.ROOT,
                                "; read at %.1f images/s, %.0f noise samples/s",
                                (answers - 1) / seconds,
                                (samples - firstSamples) / seconds);
    }
}
