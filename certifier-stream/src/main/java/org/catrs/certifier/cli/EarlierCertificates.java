// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.audit.CertificateFile;
import org.catrs.certifier.audit.CertificateReplay;
import org.catrs.certifier.audit.StoredCertificate;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.Evidence;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.DrawnSeed;
import org.catrs.certifier.stream.seed.NoisePolicy;
import org.catrs.certifier.stream.seed.SeedProof;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.signature.CertificateSignature;
import org.catrs.schemas.signature.VerificationKeys;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of deadline plans, to be gone on with: each is found by the pixels of its image. What they say is believed
 * where it is signed by a known key and was counted with the same instructions, and otherwise drawn again.
 */
final class EarlierCertificates {
    private final Map<String, CertifiedPrediction> byImage = new HashMap<>();
    private final long n;
    private final VerificationKeys keys;
    private final SeedSource seeds;

    /**
     * Reads a file of certificates; of those of one image, the one with most samples counts.
     *
     * @param n most estimation samples of an attempt from now on
     * @param keys whose signatures are believed
     * @param seeds where they are forced, what they must have been forced to
     * @throws InvalidDataException when it cannot be read, or a line holds no certificate
     */
    EarlierCertificates(Path file, long n, VerificationKeys keys, SeedSource seeds) {
        this.n = n;
        this.keys = keys;
        this.seeds = seeds;
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
     * @throws InvalidDataException when there is none, it is of another model, arithmetic or plan, its seed was forced
     *     otherwise than seeds are here, or it does not hold
     */
    SeededCertificate resume(ImageTensor image, OpenModel model, SamplingPlan.Deadline plan) {
        CertifiedPrediction earlier = byImage.get(Sha256.of(image.toByteArray()));
        if (earlier == null) {
            throw new InvalidDataException("no certificate is of this image");
        }
        if (!earlier.model().sha256().equals(model.identity().sha256())
                || !earlier.engine().withoutInstructions().equals(model.engine().withoutInstructions())) {
            throw new InvalidDataException("the certificate is of model " + earlier.model() + " on " + earlier.engine()
                    + ", here is " + model.identity() + " on " + model.engine()
                    + ": samples of one function cannot be added to those of another");
        }
        requireTrue(earlier, image, model);
        Evidence evidence = CertifiedPredictions.evidence(earlier);
        SmoothingParameters parameters = evidence.parameters().withN(n);
        SeedProof proof = proof(earlier, image, CertifiedPredictions.by(model).policy(parameters, evidence.plan()));
        return new SeededCertificate(
                new SmoothedClassifier(model.classifier(), parameters)
                        .resume(image, evidence, plan, StopCondition.NEVER),
                proof);
    }

    /** The proof that the earlier seed is forced under a policy; null where it is not, and need not be. */
    private @Nullable SeedProof proof(CertifiedPrediction earlier, ImageTensor image, NoisePolicy policy) {
        SeedProof stored = SeedProof.of(earlier);
        boolean samePolicy = stored != null && stored.policy().equals(policy.sha256());
        DrawnSeed drawn = seeds.draw(image, policy);
        if (drawn.proof() == null) {
            return samePolicy ? stored : null;
        }
        if (stored == null
                || !samePolicy
                || !stored.noiseKey().equals(drawn.proof().noiseKey())) {
            throw new InvalidDataException("the seed of the certificate to go on with was not forced by the key "
                    + drawn.proof().noiseKey() + " under the policy " + policy.json()
                    + ": go on with the key and the n that it was made with, or without --noise-key");
        }
        if (!earlier.seed().equals(drawn.seed().toString())) {
            throw new InvalidDataException("the seed of the certificate to go on with is " + earlier.seed()
                    + ", its noise key forces " + drawn.seed());
        }
        return drawn.proof();
    }

    /**
     * Votes that nobody drew would be certified with those that are drawn now. A signature says who drew them, and the
     * instructions whether the kernels that voted were those of this machine.
     */
    private void requireTrue(CertifiedPrediction earlier, ImageTensor image, OpenModel model) {
        if (earlier.engine().equals(model.engine())
                && CertificateSignature.verify(earlier, keys) == CertificateSignature.Verdict.VALID) {
            return;
        }
        List<String> problems = CertificateReplay.differences(earlier, model, image);
        if (!problems.isEmpty()) {
            throw new InvalidDataException(
                    "the certificate to go on with does not hold: " + String.join("; ", problems));
        }
    }
}
