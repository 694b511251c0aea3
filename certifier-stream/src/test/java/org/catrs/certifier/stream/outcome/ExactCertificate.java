// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.outcome;

import java.math.BigDecimal;
import java.util.List;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.bound.Reference;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/**
 * A certificate whose bound and radius are known to 60 digits, from radii.tsv, which bound/reference.py wrote. No place
 * that writes them may write more.
 *
 * @param event the certificate as an event, of class 1 and with true label 1
 * @param bound lower bound of the class's probability, to 60 digits
 * @param radius to 60 digits
 */
public record ExactCertificate(
        Certificate certificate, CertifiedPrediction event, BigDecimal bound, BigDecimal radius) {
    private static final ImageTensor IMAGE = ImageTensor.of(new ImageShape(1, 1, 1), new byte[1]);
    private static final CertifiedPredictions WRITER = new CertifiedPredictions(
            new CertifiedPrediction.Model("m", "1", "ab".repeat(32)),
            new CertifiedPrediction.Engine("cpu", "fp32", "fake", "1", null),
            CertifiedPrediction.Independence.PROVED,
            List.of("0", "1"));

    /** All of them. */
    public static List<ExactCertificate> all() {
        return Reference.rows("radii.tsv").stream().map(ExactCertificate::of).toList();
    }

    private static ExactCertificate of(String[] row) {
        long trials = Long.parseLong(row[1]);
        SmoothingParameters parameters = new SmoothingParameters(
                Double.parseDouble(row[3]), Double.parseDouble(row[2]), 1, trials, NoiseKind.DISCRETE);
        SmoothedClassifier smoothed = new SmoothedClassifier(new Votes(Long.parseLong(row[0])), parameters);
        Certificate certificate = smoothed.certify(IMAGE, new Seed(1, 2));
        CertifiedPrediction event = WRITER.write(certificate, IMAGE, null, new Occasion(1, 0, null, null));
        return new ExactCertificate(certificate, event, new BigDecimal(row[4]), new BigDecimal(row[5]));
    }

    /** Gives class 1 so many votes and class 0 the others. */
    private record Votes(long votes) implements BaseClassifier {
        @Override
        public ImageShape inputShape() {
            return IMAGE.shape();
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            return phase.equals(Phase.SELECTION)
                    ? new ClassCounts(new long[] {0, samples}, samples)
                    : new ClassCounts(new long[] {samples - votes, votes}, samples);
        }
    }
}
