// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.catrs.certifier.smoothing.bound.RoundedDown;
import org.catrs.program.terminal.TerminalText;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ImageRejection;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;

/**
 * Writes answers as lines for people, with columns as wide as the widest so far, and as lines of JSON. What came from
 * outside cannot act on a terminal.
 */
public final class AnswerLines {
    private static final int RADIUS_PLACES = 3;
    private static final String GAP = "   ";

    /** A longer name is printed whole where there is room, but other lines are not padded to it. */
    private static final int WIDEST_PADDED_NAME = 40;

    private static final int NARROWEST_NAME = 8;

    private final int width;
    private int nameWidth;
    private int labelWidth;
    private int verdictWidth;

    /** @param width most columns of a line */
    public AnswerLines(int width) {
        this.width = width;
    }

    /**
     * A line such as {@code mnist/test/42   label 7   radius 1.234   true 7   correct}. Where it is too long, the name
     * loses its middle, then the line its end.
     */
    public String line(ReceivedAnswer answer) {
        boolean isPrediction = answer instanceof ReceivedPrediction;
        String said = isPrediction
                ? said(((ReceivedPrediction) answer).prediction())
                : said(((ReceivedRejection) answer).rejection());
        // A reason may be long, and is at its beginning what one wants to know.
        int needed = isPrediction ? TerminalText.columns(said) : width / 2;
        int room = Math.max(NARROWEST_NAME, width - GAP.length() - needed);
        String name = TerminalText.shortened(TerminalText.visible(answer.name()), room);
        int columns = TerminalText.columns(name);
        nameWidth = Math.max(nameWidth, columns > WIDEST_PADDED_NAME ? 0 : columns);
        String line = pad(name, Math.min(nameWidth, room)) + GAP + said;
        return TerminalText.cut(line, width);
    }

    /** The whole answer, after the image's key. */
    public static String json(ReceivedAnswer answer) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("key", answer.key());
        line.setAll((ObjectNode) JsonRecords.toTree(answer.event()));
        return TerminalText.visible(line.toString());
    }

    private static String said(ImageRejection rejection) {
        String message = rejection.message();
        return TerminalText.visible("rejected   " + rejection.reason() + (message == null ? "" : ": " + message));
    }

    private String said(CertifiedPrediction prediction) {
        String verdict = verdict(prediction) + doubt(prediction);
        Integer trueLabel = prediction.trueLabel();
        if (trueLabel == null) {
            return verdict;
        }
        verdictWidth = Math.max(verdictWidth, TerminalText.columns(verdict));
        return (pad(verdict, verdictWidth) + GAP + "true " + trueLabel + GAP + judgement(prediction.label(), trueLabel))
                .stripTrailing();
    }

    private String verdict(CertifiedPrediction prediction) {
        Integer label = prediction.label();
        if (label == null) {
            return "abstained";
        }
        String number = label.toString();
        String name = prediction.className();
        String text = name == null || name.equals(number) ? number : number + " (" + TerminalText.visible(name) + ")";
        labelWidth = Math.max(labelWidth, TerminalText.columns(text));
        return "label " + pad(text, labelWidth) + GAP + "radius "
                + RoundedDown.format(prediction.radius(), RADIUS_PLACES);
    }

    private static String doubt(CertifiedPrediction prediction) {
        return prediction.independence() == CertifiedPrediction.Independence.TRIED
                ? GAP + "independence tried, not proved"
                : "";
    }

    private static String judgement(@Nullable Integer label, int trueLabel) {
        if (label == null) {
            return "";
        }
        return label == trueLabel ? "correct" : "WRONG";
    }

    private static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - TerminalText.columns(text)));
    }
}
