// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.catrs.certifier.stream.outcome.Occasion;
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
 * field of what comes out. Whether the seed is forced, a {@link SeedCheck} says. Only the occasion cannot be found out so:
 * when and how fast it was certified, where its image came from and, where the images have no labels, the true label. A
 * signature covers them.
 */
public final class CertificateReplay implements AutoCloseable {
    private static final List<String> SIGNATURE = List.of("signature", "signingKey");

    /** What follows from votes. */
    private static final List<String> COUNTED = List.of(
            "outcome",
            "label",
            "className",
            "radius",
            "probabilityLowerBound",
            "candidate",
            "selectionCounts",
            "estimationCounts",
            "n",
            "sampling");

    /** What may be another where a certificate is counted again elsewhere. */
    private static final List<String> ELSEWHERE = List.of("provider", "name", "version");

    private final AuditModels models;
    private final ImageSource source;
    private final @Nullable VerificationKeys keys;
    private final SeedCheck seeds;
    private final Strictness strictness;
    private final Map<ImageShape, AuditImages> images = new HashMap<>();

    /**
     * @param models those that the certificates are of
     * @param source images, among which must be those of the certificates
     * @param keys one of which must have signed each certificate; null where signatures are not asked for
     * @param seeds says whether each seed is forced
     * @param strictness how a certificate is held against its replay
     */
    public CertificateReplay(
            AuditModels models,
            ImageSource source,
            @Nullable VerificationKeys keys,
            SeedCheck seeds,
            Strictness strictness) {
        this.models = models;
        this.source = source;
        this.keys = keys;
        this.seeds = seeds;
        this.strictness = strictness;
    }

    /**
     * Audits one certificate.
     *
     * @throws InvalidDataException when a model cannot be opened
     */
    public AuditResult judge(StoredCertificate stored) {
        if (stored instanceof Broken line) {
            return new AuditResult(line.id(), null, AuditVerdict.DOES_NOT_HOLD, List.of(line.problem()), List.of());
        }
        Whole line = (Whole) stored;
        CertifiedPrediction certificate = line.certificate();
        Optional<String> signature = keys == null ? Optional.empty() : CertificateSignature.problem(certificate, keys);
        Finding replay = replay(line);
        List<String> problems = new ArrayList<>(signature.stream().toList());
        problems.addAll(replay.problems());
        return new AuditResult(
                line.id(),
                certificate,
                signature.isPresent() ? AuditVerdict.DOES_NOT_HOLD : replay.verdict(),
                problems,
                Weakness.of(certificate, new Weakness.Scope(keys != null, seeds.asksForKey(), seeds.asksForPolicy())));
    }

    private Finding replay(Whole line) {
        CertifiedPrediction stored = line.certificate();
        try {
            AuditModel model = models.of(stored);
            AuditImages known =
                    images.computeIfAbsent(model.served().inputShape(), shape -> new AuditImages(source, shape));
            Optional<AuditImage> image = known.ofHash(stored.imageSha256());
            return image.isPresent() ? replay(stored, model, image.get()) : withoutImage(line, known);
        } catch (ProviderNotHereException e) {
            return new Finding(AuditVerdict.PROVIDER_NOT_HERE, List.of(String.valueOf(e.getMessage())));
        } catch (InvalidDataException | IllegalArgumentException e) {
            return Finding.wrong(List.of(String.valueOf(e.getMessage())));
        }
    }

    private Finding replay(CertifiedPrediction stored, AuditModel model, AuditImage image) {
        Integer trueLabel =
                image.trueLabel() != null && stored.trueLabel() != null ? image.trueLabel() : stored.trueLabel();
        List<String> ofSeed = seeds.problems(stored, image.pixels());
        List<String> problems = new ArrayList<>(ofSeed);
        CertifiedPrediction replayed;
        try {
            replayed = again(stored, model.served(), image.pixels(), trueLabel);
        } catch (InvalidDataException | IllegalArgumentException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Finding.wrong(problems);
        }
        problems.addAll(differences(stored, replayed, model.isDescribed()));
        if (problems.isEmpty()) {
            return new Finding(AuditVerdict.HOLDS, problems);
        }
        return strictness == Strictness.TOLERANT && ofSeed.isEmpty()
                ? recount(stored, replayed, model.isDescribed())
                : Finding.wrong(problems);
    }

    /** What votes do not decide must be equal everywhere. */
    private static Finding recount(CertifiedPrediction stored, CertifiedPrediction replayed, boolean isDescribed) {
        ObjectNode certificate = comparable(stored, stored, isDescribed);
        ObjectNode here = comparable(replayed, stored, isDescribed);
        for (ObjectNode tree : List.of(certificate, here)) {
            tree.remove(COUNTED);
            ((ObjectNode) tree.get("engine")).remove(ELSEWHERE);
        }
        List<String> problems = Differences.between(certificate, here);
        if (!problems.isEmpty()) {
            return Finding.wrong(problems);
        }
        Recount recount = new Recount(stored, replayed);
        return new Finding(
                recount.survives() ? AuditVerdict.SURVIVES : AuditVerdict.DOES_NOT_SURVIVE, List.of(recount.finding()));
    }

    private static Finding withoutImage(Whole line, AuditImages known) {
        String sha256 = line.certificate().imageSha256();
        Optional<String> other = known.hashOf(line.id());
        return other.isPresent()
                ? Finding.wrong(List.of("it is of an image of SHA-256 " + sha256 + ", where " + line.id()
                        + " has SHA-256 " + other.get()))
                : new Finding(
                        AuditVerdict.IMAGE_NOT_GIVEN,
                        List.of("the image is not among those given: none that the model takes has SHA-256 " + sha256));
    }

    /**
     * In what a certificate differs from what its image, its seed and its model give; nothing where it holds.
     *
     * @param image the image of the certificate
     * @throws InvalidDataException when nothing can have been sampled as the certificate says
     */
    public static List<String> differences(CertifiedPrediction stored, OpenModel model, ImageTensor image) {
        return differences(stored, again(stored, model, image, stored.trueLabel()), true);
    }

    private static CertifiedPrediction again(
            CertifiedPrediction stored, OpenModel model, ImageTensor image, @Nullable Integer trueLabel) {
        return CertifiedPredictions.of(
                certify(stored, model, image),
                model,
                image,
                SeedProof.of(stored),
                Occasion.of(stored).with(trueLabel));
    }

    private static List<String> differences(
            CertifiedPrediction stored, CertifiedPrediction replayed, boolean isDescribed) {
        List<String> problems = new ArrayList<>(Differences.between(
                comparable(stored, stored, isDescribed), comparable(replayed, stored, isDescribed)));
        String instructions = stored.engine().instructions();
        boolean areCountsApart = !stored.selectionCounts().equals(replayed.selectionCounts())
                || !stored.estimationCounts().equals(replayed.estimationCounts());
        if (areCountsApart
                && instructions != null
                && !instructions.equals(replayed.engine().instructions())) {
            problems.add("a cause may be that it was made with " + instructions + " instructions, replayed with "
                    + replayed.engine().instructions() + ": 'replay --tolerant' says whether its radius survives that");
        }
        return problems;
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

    /**
     * A certificate's fields without those that nothing here can tell: they are the stored one's. A network that is said to
     * be proved was proved when it was opened; the instructions of a CPU matter only where they make a difference.
     */
    private static ObjectNode comparable(
            CertifiedPrediction certificate, CertifiedPrediction stored, boolean isDescribed) {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        tree.remove(SIGNATURE);
        tree.remove("independence");
        ((ObjectNode) tree.get("engine")).remove("instructions");
        if (stored.sampling() == null) {
            tree.remove("sampling");
        }
        if (!isDescribed) {
            tree.remove("className");
            ((ObjectNode) tree.get("model")).remove(List.of("name", "version"));
        }
        return tree;
    }

    @Override
    public void close() {
        models.close();
    }

    /** What a replay alone concludes. */
    private record Finding(AuditVerdict verdict, List<String> problems) {
        static Finding wrong(List<String> problems) {
            return new Finding(AuditVerdict.DOES_NOT_HOLD, problems);
        }
    }
}
