// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.outcome;

import java.util.List;
import org.catrs.certifier.model.ServedModel;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.Evidence;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.CertifiedPrediction.Outcome;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/**
 * Writes the certificates of a model as events.
 *
 * @param model identity of the model that ran
 * @param engine what it ran on
 * @param classNames names of the classes, in the order of the logits
 */
public record CertifiedPredictions(
        CertifiedPrediction.Model model, CertifiedPrediction.Engine engine, List<String> classNames) {
    /** Copies the names. */
    public CertifiedPredictions {
        classNames = List.copyOf(classNames);
    }

    /** Writes for a model. */
    public static CertifiedPredictions by(ServedModel model) {
        return new CertifiedPredictions(model.identity(), model.engine(), model.classNames());
    }

    /** The event of one certificate of a model. */
    public static CertifiedPrediction of(
            Certificate certificate,
            ServedModel model,
            ImageTensor image,
            @Nullable Integer trueLabel,
            double seconds) {
        return by(model).write(certificate, image, trueLabel, seconds);
    }

    /**
     * The event of a certificate.
     *
     * @param image the image as the model took it, uint8, C x H x W
     * @param trueLabel the class that the producer says is true; null when not said
     * @param seconds time that the certification took
     */
    public CertifiedPrediction write(
            Certificate certificate, ImageTensor image, @Nullable Integer trueLabel, double seconds) {
        Certificate.Certified certified = certificate instanceof Certificate.Certified it ? it : null;
        Evidence evidence = certificate.evidence();
        SmoothingParameters parameters = evidence.parameters();
        return new CertifiedPrediction(
                certified == null ? Outcome.ABSTAINED : Outcome.CERTIFIED,
                certified == null ? null : certified.label(),
                certified == null ? null : className(certified.label()),
                certified == null ? 0 : certified.radius(),
                evidence.probabilityLowerBound(),
                evidence.candidate(),
                evidence.selection().toList(),
                evidence.estimation().toList(),
                parameters.sigma(),
                parameters.alpha(),
                parameters.n0(),
                evidence.estimation().samples(),
                evidence.plan().toString(),
                parameters.noise().toString(),
                evidence.seed().toString(),
                Sha256.hex(Sha256.digest().digest(image.toByteArray())),
                model,
                engine,
                trueLabel,
                seconds,
                evidence.sampling(),
                null,
                null);
    }

    private @Nullable String className(int label) {
        return label < classNames.size() ? classNames.get(label) : null;
    }
}
