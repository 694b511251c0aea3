// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import java.util.List;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.CertifiedPrediction.Model;
import org.catrs.schemas.event.CertifiedPrediction.Outcome;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.event.ImageRejection;
import org.jspecify.annotations.Nullable;

/** Answers for tests. */
public final class Predictions {
    /** Where each is read from. */
    public static final ImageOrigin PLACE = new ImageOrigin("certified-predictions", 0, 7);

    private Predictions() {}

    public static ReceivedRejection rejected(@Nullable String key, String message) {
        return new ReceivedRejection(
                key,
                new ImageOrigin("images-rejected", 0, 7),
                new ImageRejection("decode", "CORRUPT_IMAGE", message, null, "images", 3, 42L, null, null));
    }

    public static ReceivedPrediction certified(
            @Nullable String key, int label, String className, double radius, @Nullable Integer trueLabel) {
        return new ReceivedPrediction(key, PLACE, prediction(Outcome.CERTIFIED, label, className, radius, trueLabel));
    }

    public static ReceivedPrediction abstained(@Nullable String key, @Nullable Integer trueLabel) {
        return new ReceivedPrediction(key, PLACE, prediction(Outcome.ABSTAINED, null, null, 0, trueLabel));
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
