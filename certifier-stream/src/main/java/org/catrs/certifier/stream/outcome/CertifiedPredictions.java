// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.outcome;

import java.util.List;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.Evidence;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.seed.NoisePolicy;
import org.catrs.certifier.stream.seed.SeedProof;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.CertifiedPrediction.Outcome;
import org.catrs.schemas.event.Sampling;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/**
 * Writes the certificates of a model as events.
 *
 * @param model identity of the model that ran
 * @param engine what it ran on
 * @param independence how it is known that the network treats each image of a batch by itself
 * @param classNames names of the classes, in the order of the logits
 */
public record CertifiedPredictions(
        CertifiedPrediction.Model model,
        CertifiedPrediction.Engine engine,
        CertifiedPrediction.Independence independence,
        List<String> classNames) {
    /** Copies the names. */
    public CertifiedPredictions {
        classNames = List.copyOf(classNames);
    }

    /** Writes for a model. */
    public static CertifiedPredictions by(OpenModel model) {
        return new CertifiedPredictions(model.identity(), model.engine(), model.independence(), model.classNames());
    }

    /** The event of one certificate of a model. */
    public static CertifiedPrediction of(
            Certificate certificate, OpenModel model, ImageTensor image, @Nullable SeedProof proof, Occasion occasion) {
        return by(model).write(certificate, image, proof, occasion);
    }

    /** What a seed depends on when this model certifies. */
    public NoisePolicy policy(SmoothingParameters parameters, SamplingPlan.Kind plan) {
        return NoisePolicy.of(model, engine, parameters, plan);
    }

    /**
     * The event of a certificate.
     *
     * @param image the image as the model took it, uint8, C x H x W
     * @param proof that the certificate's seed is forced; null where it is not
     * @param occasion on which it was certified
     */
    public CertifiedPrediction write(
            Certificate certificate, ImageTensor image, @Nullable SeedProof proof, Occasion occasion) {
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
                occasion.trueLabel(),
                occasion.seconds(),
                evidence.sampling(),
                independence,
                proof == null ? null : proof.noiseKey(),
                proof == null ? null : proof.noiseProof(),
                proof == null ? null : proof.policy(),
                occasion.origin(),
                occasion.answered(),
                null,
                null);
    }

    /**
     * What a certificate rests on, read from its event.
     *
     * @throws InvalidDataException when it is of version 1, which does not say how samples were spent, or of a plan or noise
     *     that nobody knows
     */
    public static Evidence evidence(CertifiedPrediction event) {
        Sampling sampling = event.sampling();
        if (sampling == null) {
            throw new InvalidDataException("the certificate does not say how its samples were spent");
        }
        return new Evidence(
                event.candidate(),
                event.probabilityLowerBound(),
                counts(event.selectionCounts(), event.n0()),
                counts(event.estimationCounts(), event.n()),
                new SmoothingParameters(
                        event.sigma(), event.alpha(), event.n0(), sampling.maxN(), NoiseKind.parse(event.noise())),
                Seed.parse(event.seed()),
                SamplingPlan.Kind.parse(event.plan()),
                sampling);
    }

    private static ClassCounts counts(List<Long> votes, long samples) {
        return new ClassCounts(votes.stream().mapToLong(Long::longValue).toArray(), samples);
    }

    private @Nullable String className(int label) {
        return label < classNames.size() ? classNames.get(label) : null;
    }
}
