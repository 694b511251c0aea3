// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.catrs.certifier.smoothing.bound.RoundedDown;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;

/** Writes predictions as lines for people, with columns as wide as the widest so far, and as lines of JSON. */
public final class AnswerLines {
    private static final int RADIUS_PLACES = 3;

    private int keyWidth;
    private int labelWidth;
    private int verdictWidth;

    /** A line such as {@code mnist/test/42   label 7   radius 1.234   true 7   correct}. */
    public String line(ReceivedPrediction answer) {
        CertifiedPrediction prediction = answer.prediction();
        keyWidth = Math.max(keyWidth, answer.key().length());
        String verdict = verdict(prediction) + doubt(prediction);
        verdictWidth = Math.max(verdictWidth, verdict.length());
        Integer trueLabel = prediction.trueLabel();
        return trueLabel == null
                ? pad(answer.key(), keyWidth) + "   " + verdict
                : (pad(answer.key(), keyWidth) + "   " + pad(verdict, verdictWidth) + "   true " + trueLabel + "   "
                                + judgement(prediction.label(), trueLabel))
                        .stripTrailing();
    }

    /** The whole prediction, after the image's key. */
    public static String json(ReceivedPrediction answer) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("key", answer.key());
        line.setAll((ObjectNode) JsonRecords.toTree(answer.prediction()));
        return line.toString();
    }

    private String verdict(CertifiedPrediction prediction) {
        Integer label = prediction.label();
        if (label == null) {
            return "abstained";
        }
        String number = label.toString();
        String name = prediction.className();
        String text = name == null || name.equals(number) ? number : number + " (" + name + ")";
        labelWidth = Math.max(labelWidth, text.length());
        return "label " + pad(text, labelWidth) + "   radius " + RoundedDown.format(prediction.radius(), RADIUS_PLACES);
    }

    private static String doubt(CertifiedPrediction prediction) {
        return prediction.independence() == CertifiedPrediction.Independence.TRIED
                ? "   independence tried, not proved"
                : "";
    }

    private static String judgement(@Nullable Integer label, int trueLabel) {
        if (label == null) {
            return "";
        }
        return label == trueLabel ? "correct" : "WRONG";
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }
}
