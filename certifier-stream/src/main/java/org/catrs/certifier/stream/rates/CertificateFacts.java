// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.util.Objects;
import org.catrs.certifier.stream.rates.shift.AnswerShape;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * What rates and shifts take from a certificate.
 *
 * @param version version of the model
 * @param sha256 SHA-256 of the model's ONNX file, lower-case hex
 * @param plan sampling plan's name
 * @param targetRadius target radius, L2; null where the plan has none
 * @param classes number of classes
 * @param label the certified class, from 0; null when abstained
 * @param radius L2 radius, rounded down; 0 when abstained
 * @param sigma standard deviation of the noise
 * @param lowerBound lower bound of the candidate's probability (p_A), rounded down
 * @param samples noise samples that the certificate took
 * @param correct whether the certified label is the true one; null where no true label was sent
 */
record CertificateFacts(
        String version,
        String sha256,
        String plan,
        @Nullable Double targetRadius,
        int classes,
        @Nullable Integer label,
        double radius,
        double sigma,
        double lowerBound,
        long samples,
        @Nullable Boolean correct) {
    static CertificateFacts of(CertifiedPrediction prediction) {
        Sampling sampling = prediction.sampling();
        Integer trueLabel = prediction.trueLabel();
        return new CertificateFacts(
                prediction.model().version(),
                prediction.model().sha256(),
                prediction.plan(),
                sampling == null ? null : sampling.targetRadius(),
                prediction.estimationCounts().size(),
                prediction.label(),
                prediction.radius(),
                prediction.sigma(),
                prediction.probabilityLowerBound(),
                prediction.samples(),
                trueLabel == null ? null : Objects.equals(trueLabel, prediction.label()));
    }

    AnswerShape shape() {
        return label == null ? AnswerShape.ABSTAINED : new AnswerShape(label, radius / sigma);
    }
}
