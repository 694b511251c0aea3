// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.Prediction;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.json.JsonRecords;

/**
 * Writes predictions, which are labels without a radius.
 *
 * @param model that predicted
 * @param parameters sigma, alpha, n and the noise that it predicted with
 */
record PredictionLines(OpenModel model, SmoothingParameters parameters) {
    /** A line for a person. */
    String text(Prediction prediction) {
        ClassCounts counts = prediction.counts();
        if (prediction instanceof Prediction.Predicted predicted) {
            return ClassLabel.of(predicted.label(), model.classNames()) + "  predicted (" + counts.of(predicted.label())
                    + " of " + counts.samples() + " samples)";
        }
        return "abstained (" + counts.samples() + " samples do not tell the two leading classes apart; "
                + ClassLabel.of(counts.top(), model.classNames()) + " has " + counts.of(counts.top()) + ")";
    }

    /** A line for a program. */
    String json(Path file, Prediction prediction, Seed seed) {
        boolean isPredicted = prediction instanceof Prediction.Predicted;
        int top = prediction.counts().top();
        List<Long> counts = prediction.counts().toList();
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("file", file.toString());
        line.put("outcome", isPredicted ? "PREDICTED" : "ABSTAINED");
        line.put("label", isPredicted ? top : null);
        line.put("className", isPredicted ? model.classNames().get(top) : null);
        counts.forEach(line.putArray("counts")::add);
        line.put("sigma", parameters.sigma());
        line.put("alpha", parameters.alpha());
        line.put("n", parameters.n());
        line.put("noise", parameters.noise().toString());
        line.put("seed", seed.toString());
        line.set("model", JsonRecords.toTree(model.identity()));
        line.set("engine", JsonRecords.toTree(model.engine()));
        line.put("independence", model.independence().name());
        return line.toString();
    }
}
