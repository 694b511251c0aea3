// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.Certificate.Certified;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.stream.rates.shift.AnswerShape;
import org.catrs.certifier.stream.rates.shift.Baseline;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction.Model;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;

/**
 * A baseline, and whose answers it is made of: those of one model with one sampling plan and target radius.
 *
 * @param model name of the model
 * @param version version of the model
 * @param sha256 SHA-256 of the model's ONNX file, lower-case hex
 * @param plan sampling plan's name
 * @param targetRadius target radius, L2; null where the plan has none
 * @param baseline the answers
 */
public record RecordedBaseline(
        String model,
        String version,
        String sha256,
        String plan,
        @Nullable Double targetRadius,
        Baseline baseline) {
    /** No answers yet. */
    public static RecordedBaseline empty(Model model, SamplingPlan plan, int classes) {
        return new RecordedBaseline(
                model.name(),
                model.version(),
                model.sha256(),
                plan.kind().toString(),
                plan.targetRadius(),
                Baseline.empty(classes));
    }

    static RecordedBaseline empty(String model, CertificateFacts certificate) {
        return new RecordedBaseline(
                model,
                certificate.version(),
                certificate.sha256(),
                certificate.plan(),
                certificate.targetRadius(),
                Baseline.empty(certificate.classes()));
    }

    /**
     * Reads a file.
     *
     * @throws InvalidDataException when it is no baseline, or cannot be read
     */
    public static RecordedBaseline read(Path file) {
        try {
            return JsonRecords.read(Files.readAllBytes(file), RecordedBaseline.class);
        } catch (IOException e) {
            throw new InvalidDataException("the baseline " + file + " cannot be read: " + e.getMessage(), e);
        } catch (InvalidDataException e) {
            throw new InvalidDataException("the baseline " + file + ": " + e.getMessage(), e);
        }
    }

    /** With one answer more. */
    public RecordedBaseline with(Certificate certificate) {
        double sigma = certificate.evidence().parameters().sigma();
        return with(
                certificate instanceof Certified certified
                        ? new AnswerShape(certified.label(), certified.radius() / sigma)
                        : AnswerShape.ABSTAINED);
    }

    RecordedBaseline with(AnswerShape answer) {
        return new RecordedBaseline(model, version, sha256, plan, targetRadius, baseline.with(answer));
    }

    /** What answers have in common that are compared with each other. */
    String key() {
        return key(model, sha256, plan, targetRadius);
    }

    static String key(String model, CertificateFacts certificate) {
        return key(model, certificate.sha256(), certificate.plan(), certificate.targetRadius());
    }

    private static String key(String model, String sha256, String plan, @Nullable Double targetRadius) {
        return model + "@" + sha256 + "@" + plan + "@" + targetRadius;
    }
}
