// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.catrs.certifier.audit.CertificateFile;
import org.catrs.certifier.audit.StoredCertificate;
import org.catrs.certifier.network.model.ServedModel;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.Evidence;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageTensor;

/** Certificates of deadline plans, to be gone on with: each is found by the pixels of its image. */
final class EarlierCertificates {
    private final Map<String, CertifiedPrediction> byImage = new HashMap<>();
    private final long n;

    /**
     * Reads a file of certificates; of those of one image, the one with most samples counts.
     *
     * @param n most estimation samples of an attempt from now on
     * @throws InvalidDataException when it cannot be read, or a line holds no certificate
     */
    EarlierCertificates(Path file, long n) {
        this.n = n;
        for (StoredCertificate stored : CertificateFile.read(file)) {
            if (stored instanceof StoredCertificate.Broken broken) {
                throw new InvalidDataException(file + ", " + broken.id() + ": " + broken.problem());
            }
            CertifiedPrediction certificate = ((StoredCertificate.Whole) stored).certificate();
            byImage.merge(
                    certificate.imageSha256(),
                    certificate,
                    (one, other) -> one.samples() >= other.samples() ? one : other);
        }
    }

    /**
     * Goes on with the certificate of an image.
     *
     * @throws InvalidDataException when there is none, or it is of another model, arithmetic or plan
     */
    Certificate resume(ImageTensor image, ServedModel model, SamplingPlan.Deadline plan) {
        CertifiedPrediction earlier = byImage.get(Sha256.of(image.toByteArray()));
        if (earlier == null) {
            throw new InvalidDataException("no certificate is of this image");
        }
        if (!earlier.model().sha256().equals(model.identity().sha256())
                || !earlier.engine().equals(model.engine())) {
            throw new InvalidDataException("the certificate is of model " + earlier.model() + " on " + earlier.engine()
                    + ", here is " + model.identity() + " on " + model.engine()
                    + ": samples of one function cannot be added to those of another");
        }
        Evidence evidence = CertifiedPredictions.evidence(earlier);
        return new SmoothedClassifier(model.classifier(), evidence.parameters().withN(n))
                .resume(image, evidence, plan, StopCondition.NEVER);
    }
}
