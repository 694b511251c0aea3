// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import java.util.List;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.CertifiedPrediction.Model;
import org.catrs.schemas.event.CertifiedPrediction.Outcome;
import org.jspecify.annotations.Nullable;

/** Predictions for tests. */
public final class Predictions {
    private Predictions() {}

    public static ReceivedPrediction certified(
            String key, int label, String className, double radius, @Nullable Integer trueLabel) {
        return new ReceivedPrediction(key, prediction(Outcome.CERTIFIED, label, className, radius, trueLabel));
    }

    public static ReceivedPrediction abstained(String key, @Nullable Integer trueLabel) {
        return new ReceivedPrediction(key, prediction(Outcome.ABSTAINED, null, null, 0, trueLabel));
    }

    /** A certified prediction of a model, of class 1. */
    public static CertifiedPrediction certified(Model model, String className) {
        return prediction(model, Outcome.CERTIFIED, 1, className, 0.5, null);
    }

    private static CertifiedPrediction prediction(
            Outcome outcome,
            @Nullable Integer label,
            @Nullable String className,
            double radius,
            @Nullable Integer trueLabel) {
        return prediction(new Model("m", "1", "cd".repeat(32)), outcome, label, className, radius, trueLabel);
    }

    private static CertifiedPrediction prediction(
            Model model,
            Outcome outcome,
            @Nullable Integer label,
            @Nullable String className,
            double radius,
            @Nullable Integer trueLabel) {
        return new CertifiedPrediction(
                outcome,
                label,
                className,
                radius,
                0.75,
                label == null ? 0 : label,
                List.of(5L, 5L),
                List.of(400L, 600L),
                0.5,
                0.001,
                10,
                1_000,
                "fixed",
                "discrete",
                "00".repeat(16),
                "ab".repeat(32),
                model,
                new CertifiedPrediction.Engine("cpu", "fp32", "fake", "1", null),
                trueLabel,
                1.5,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
