// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.audit.AuditImages.AuditImage;
import org.catrs.certifier.audit.AuditModels.AuditModel;
import org.catrs.certifier.audit.StoredCertificate.Broken;
import org.catrs.certifier.audit.StoredCertificate.Whole;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.SeedProof;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.ImageSource;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.Sampling;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.signature.CertificateSignature;
import org.catrs.schemas.signature.VerificationKeys;
import org.jspecify.annotations.Nullable;

/**
 * Audits certificates: certifies each image again with the certificate's model, parameters and seed, and compares every
 * field of what comes out. Whether the seed is forced, a {@link SeedCheck} says. Only the time that certification took and,
 * where the images have no labels, the true label cannot be found out so; a signature covers them.
 */
public final class CertificateReplay implements AutoCloseable {
    private static final List<String> SIGNATURE = List.of("signature", "signingKey");

    private final AuditModels models;
    private final ImageSource source;
    private final @Nullable VerificationKeys keys;
    private final SeedCheck seeds;
    private final Map<ImageShape, AuditImages> images = new HashMap<>();

    /**
     * @param models those that the certificates are of
     * @param source images, among which must be those of the certificates
     * @param keys one of which must have signed each certificate; null where signatures are not asked for
     * @param seeds says whether each seed is forced
     */
    public CertificateReplay(AuditModels models, ImageSource source, @Nullable VerificationKeys keys, SeedCheck seeds) {
        this.models = models;
        this.source = source;
        this.keys = keys;
        this.seeds = seeds;
    }

    /**
     * Audits one certificate.
     *
     * @throws InvalidDataException when a model cannot be opened
     */
    public AuditResult judge(StoredCertificate stored) {
        if (stored instanceof Broken line) {
            return new AuditResult(line.id(), null, List.of(line.problem()));
        }
        Whole line = (Whole) stored;
        List<String> problems = new ArrayList<>();
        addSignatureProblem(line.certificate(), problems);
        try {
            addReplayProblems(line, problems);
        } catch (InvalidDataException | IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        return new AuditResult(line.id(), line.certificate(), problems);
    }

    private void addSignatureProblem(CertifiedPrediction certificate, List<String> problems) {
        if (keys != null) {
            CertificateSignature.problem(certificate, keys).ifPresent(problems::add);
        }
    }

    private void addReplayProblems(Whole line, List<String> problems) {
        CertifiedPrediction stored = line.certificate();
        AuditModel model = models.of(stored);
        OpenModel served = model.served();
        AuditImages known = images.computeIfAbsent(served.inputShape(), shape -> new AuditImages(source, shape));
        AuditImage image = known.ofHash(stored.imageSha256()).orElseThrow(() -> unknownImage(line, known));
        Integer trueLabel =
                image.trueLabel() != null && stored.trueLabel() != null ? image.trueLabel() : stored.trueLabel();
        problems.addAll(seeds.problems(stored, image.pixels()));
        problems.addAll(differences(stored, served, image.pixels(), trueLabel, model.isDescribed()));
    }

    /**
     * In what a certificate differs from what its image, its seed and its model give; nothing where it holds.
     *
     * @param image the image of the certificate
     * @throws InvalidDataException when nothing can have been sampled as the certificate says
     */
    public static List<String> differences(CertifiedPrediction stored, OpenModel model, ImageTensor image) {
        return differences(stored, model, image, stored.trueLabel(), true);
    }

    private static List<String> differences(
            CertifiedPrediction stored,
            OpenModel model,
            ImageTensor image,
            @Nullable Integer trueLabel,
            boolean isDescribed) {
        CertifiedPrediction replayed = CertifiedPredictions.of(
                certify(stored, model, image), model, image, SeedProof.of(stored), trueLabel, stored.seconds());
        return Differences.between(comparable(stored, stored, isDescribed), comparable(replayed, stored, isDescribed));
    }

    private static Certificate certify(CertifiedPrediction stored, OpenModel model, ImageTensor image) {
        Sampling sampling = stored.sampling();
        long n = sampling == null ? stored.n() : sampling.maxN();
        SmoothingParameters parameters = new SmoothingParameters(
                stored.sigma(), stored.alpha(), stored.n0(), n, NoiseKind.parse(stored.noise()));
        SmoothedClassifier smoothed = new SmoothedClassifier(model.classifier(), parameters);
        SamplingPlan.Kind plan = SamplingPlan.Kind.parse(stored.plan());
        Seed seed = Seed.parse(stored.seed());
        return sampling == null ? smoothed.certify(image, seed) : smoothed.repeat(image, seed, plan, sampling);
    }

    /** A certificate's fields without those that nothing here can tell: they are the stored one's. */
    private static ObjectNode comparable(
            CertifiedPrediction certificate, CertifiedPrediction stored, boolean isDescribed) {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        tree.remove(SIGNATURE);
        if (stored.sampling() == null) {
            tree.remove("sampling");
        }
        if (!isDescribed) {
            tree.remove("className");
            ((ObjectNode) tree.get("model")).remove(List.of("name", "version"));
        }
        return tree;
    }

    private static InvalidDataException unknownImage(Whole line, AuditImages known) {
        String wanted = "it is of an image of SHA-256 " + line.certificate().imageSha256();
        return new InvalidDataException(known.hashOf(line.id())
                .map(hash -> wanted + ", where " + line.id() + " has SHA-256 " + hash)
                .orElse(wanted + ", which none of the images has that the model takes"));
    }

    @Override
    public void close() {
        models.close();
    }
}
