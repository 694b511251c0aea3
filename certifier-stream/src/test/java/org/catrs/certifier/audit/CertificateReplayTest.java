// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.catrs.certifier.network.TurnedTwice;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.model.TestModel;
import org.catrs.certifier.network.options.Assurance;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SamplingPlan.Kind;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.outcome.Occasion;
import org.catrs.certifier.stream.outcome.TestKeys;
import org.catrs.schemas.dataset.FolderImages;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.event.Sampling;
import org.catrs.schemas.image.ImageFiles;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.signature.CertificateSignature;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.signature.VerificationKeys;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class CertificateReplayTest {
    private static final int SIDE = 28;
    private static final Occasion OCCASION =
            new Occasion(3, 0.25, new ImageOrigin("images", 3, 42), 1_796_000_000_000L);

    /** What no replay can know. */
    private static final List<String> NEVER_REPLAYED = List.of(
            "trueLabel",
            "seconds",
            "engine.instructions",
            "independence",
            "origin.topic",
            "origin.partition",
            "origin.offset",
            "answered");

    /** What was asked for, which shows in the certificate only as far as it had another answer. */
    private static final Map<Kind, List<String>> ASKED_FOR = Map.of(
            Kind.FIXED,
            List.of(),
            Kind.ADAPTIVE,
            List.of("sampling.targetRadius", "sampling.maxN"),
            Kind.DEADLINE,
            List.of("sampling.targetRadius", "sampling.deadlineSeconds", "sampling.stop", "sampling.maxN"));

    /** Other values for fields where one more, or one letter more, would be none. */
    private static final Map<String, String> OTHERS = Map.of(
            "outcome", "ABSTAINED",
            "plan", "other",
            "noise", "gaussian",
            "independence", "TRIED",
            "seed", "f".repeat(32),
            "imageSha256", "0".repeat(64),
            "model.sha256", "0".repeat(64),
            "sampling.stop", "DEADLINE");

    private Path folder;
    private TestKeys files;
    private VerificationKeys keys;
    private CertificateReplay replay;
    private CertificateReplay strict;
    private CertifiedPrediction certificate;
    private final Map<Kind, CertifiedPrediction> certificates = new EnumMap<>(Kind.class);
    private OpenModel model;
    private ImageTensor grey;
    private ImageTensor bright;

    @BeforeAll
    void certify(@TempDir Path shared) throws IOException {
        folder = shared;
        model = OpenModel.open(TestModel.folder(), ModelOverrides.DEFAULT);
        grey = image(folder.resolve("grey.png"), 130);
        bright = image(folder.resolve("bright.png"), 255);
        certificate = certify(NoiseKind.DISCRETE);
        AtomicInteger looks = new AtomicInteger();
        certificates.put(Kind.FIXED, certificate);
        certificates.put(Kind.ADAPTIVE, certify(new SamplingPlan.TargetRadius(0.18), StopCondition.NEVER));
        certificates.put(
                Kind.DEADLINE,
                certify(
                        new SamplingPlan.Deadline(Duration.ofHours(1), 0.19),
                        () -> looks.incrementAndGet() > 4 ? Sampling.Stop.SHUTDOWN : null));
        files = TestKeys.in(folder);
        keys = VerificationKeys.read(List.of(files.publicKey()));
        replay = new CertificateReplay(
                models(TestModel.folder()), new FolderImages(folder), null, SeedCheck.withoutKeys(), Strictness.EXACT);
        strict = new CertificateReplay(
                models(TestModel.folder()), new FolderImages(folder), keys, SeedCheck.withoutKeys(), Strictness.EXACT);
    }

    @AfterAll
    void close() {
        model.close();
        replay.close();
        strict.close();
    }

    @ParameterizedTest
    @EnumSource(NoiseKind.class)
    void shouldHoldWhenNothingWasAltered(NoiseKind noise) {
        AuditResult verdict = replay.judge(stored(certify(noise)));

        assertThat(verdict.problems()).isEmpty();
        assertThat(verdict.verdict().isGood()).isTrue();
        assertThat(verdict.line())
                .matches("grey\\.png   holds   label 3   radius 0\\.\\d{3}   weak: .*not signed, seed not forced");
    }

    @Test
    void shouldHoldForAnAbstention() {
        CertifiedPrediction abstained = certify(grey, NoiseKind.DISCRETE, 20);

        assertThat(abstained.label()).isNull();
        assertThat(replay.judge(stored(abstained)).line()).startsWith("grey.png   holds   abstained   weak: ");
    }

    Stream<Arguments> fields() {
        return Arrays.stream(Kind.values()).flatMap(plan -> {
            CertifiedPrediction certificate = certificates.get(plan);
            // With several classes in its counts, another seed is sure to give others.
            assertThat(certificate.estimationCounts())
                    .filteredOn(votes -> votes > 0)
                    .hasSizeGreaterThan(1);
            List<String> paths = new ArrayList<>();
            addPaths("", JsonRecords.toTree(certificate), paths);
            assertThat(paths).contains("radius", "label", "estimationCounts.3", "sampling.attempts.0.looks.0.n");
            return paths.stream().map(path -> Arguments.of(plan, path));
        });
    }

    @ParameterizedTest
    @MethodSource("fields")
    void shouldCatchAnAlterationOfAnyFieldThatAReplayGives(Kind plan, String field) {
        AuditResult verdict = replay.judge(altered(certificates.get(plan), field));

        boolean uncaught = NEVER_REPLAYED.contains(field) || ASKED_FOR.get(plan).contains(field);
        assertThat(verdict.verdict().isGood()).as(verdict.line()).isEqualTo(uncaught);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void shouldCatchAnAlterationOfAnyFieldThatWasSigned(Kind plan, String field) {
        CertifiedPrediction signed =
                CertificateSignature.sign(certificates.get(plan), SigningKey.read(files.privateKey()));

        assertThat(CertificateSignature.verify(signed, keys)).isEqualTo(CertificateSignature.Verdict.VALID);
        assertThat(altered(signed, field))
                .satisfiesAnyOf(
                        line -> assertThat(line).isInstanceOf(StoredCertificate.Broken.class),
                        line -> assertThat(CertificateSignature.verify(
                                        ((StoredCertificate.Whole) line).certificate(), keys))
                                .isNotEqualTo(CertificateSignature.Verdict.VALID));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldHoldWithAnyPlan(Kind plan) {
        assertThat(certificates.get(plan).plan()).isEqualTo(plan.toString());
        assertThat(replay.judge(stored(certificates.get(plan))).problems()).isEmpty();
    }

    /** Where all samples vote alike, nearly every seed gives these votes: the certificate would be true with any. */
    @Test
    void shouldLeaveASeedThatGivesTheSameVotesToTheSignature() {
        CertifiedPrediction unanimous = certify(bright, NoiseKind.DISCRETE, 1000);
        CertifiedPrediction signed = CertificateSignature.sign(unanimous, SigningKey.read(files.privateKey()));

        assertThat(replay.judge(altered(unanimous, "seed")).verdict().isGood()).isTrue();
        assertThat(strict.judge(altered(signed, "seed")).line())
                .contains("DOES NOT HOLD   it is not as the key " + signed.signingKey() + " signed it");
    }

    @Test
    void shouldAskForASignatureWhereThereAreKeys(@TempDir Path folder) {
        CertifiedPrediction stranger = CertificateSignature.sign(
                certificate, SigningKey.read(TestKeys.in(folder).privateKey()));

        assertThat(strict.judge(stored(certificate)).problems()).containsExactly("it is not signed");
        assertThat(strict.judge(stored(stranger)).line())
                .contains("DOES NOT HOLD   it names the key " + stranger.signingKey() + " as its signer's, known are");
        assertThat(replay.judge(stored(stranger)).verdict().isGood()).isTrue();
    }

    @Test
    void shouldNameWhatDiffers() {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        tree.put("radius", certificate.radius() + 0.1);

        assertThat(replay.judge(stored(read(tree))).line())
                .startsWith("grey.png   DOES NOT HOLD   radius is " + (certificate.radius() + 0.1) + ", replayed "
                        + certificate.radius() + "   weak: ");
    }

    @Test
    void shouldSayThatTheIdIsOfAnotherImage() {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        tree.put("imageSha256", "0".repeat(64));

        assertThat(replay.judge(stored(read(tree))).problems())
                .containsExactly("it is of an image of SHA-256 " + "0".repeat(64) + ", where grey.png has SHA-256 "
                        + certificate.imageSha256());
        assertThat(replay.judge(new StoredCertificate.Whole("line 1", read(tree)))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("the image is not among those given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha 0.7", "n 2000000000", "noise uniform", "engine.precision fp8"})
    void shouldNotHoldWithParametersThatNobodyCanCertifyWith(String alteration) {
        String[] words = alteration.split(" ");
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        tree.remove("sampling");
        JsonNode value = words[1].matches("[a-z].*")
                ? JsonNodeFactory.instance.textNode(words[1])
                : JsonNodeFactory.instance.numberNode(Double.parseDouble(words[1]));
        set(tree, words[0], words[0].equals("n") ? JsonNodeFactory.instance.numberNode(value.longValue()) : value);

        assertThat(replay.judge(stored(read(tree))).problems()).hasSize(1);
    }

    /** Whoever could end an attempt where it suits could choose the samples that count. */
    @ParameterizedTest
    @ValueSource(ints = {3, 2})
    void shouldRefuseAnAttemptThatThePlanDoesNotLetFollow(int candidate) {
        CertifiedPrediction honest = certificates.get(Kind.DEADLINE);
        Sampling.Attempt whole = honest.sampling().last();
        Sampling.Attempt first =
                new Sampling.Attempt(3, whole.alpha(), 0, null, whole.looks().subList(0, 1));
        Sampling.Look last =
                new Sampling.Look(honest.n(), honest.estimationCounts().get(candidate), whole.alpha() / 8);
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(honest);
        tree.set(
                "sampling",
                JsonRecords.toTree(new Sampling(
                        0.19,
                        null,
                        3600.0,
                        5000,
                        Sampling.Stop.SHUTDOWN,
                        List.of(
                                first,
                                new Sampling.Attempt(candidate, whole.alpha() / 8, first.n(), null, List.of(last))))));
        tree.put("candidate", candidate);
        if (!tree.get("label").isNull()) {
            tree.put("label", candidate);
        }

        assertThat(replay.judge(stored(read(tree))).problems())
                .singleElement()
                .asString()
                .startsWith("attempt 0 ends after " + first.n() + " samples")
                .endsWith("where the plan's rules do not let another attempt follow");
    }

    @Test
    void shouldPassOnWhatIsNoCertificate() {
        assertThat(replay.judge(new StoredCertificate.Broken("line 7", "is no JSON object"))
                        .line())
                .isEqualTo("line 7   DOES NOT HOLD   is no JSON object");
    }

    @Test
    void shouldSayOneLineOfACertificateWhateverStandsInIt() {
        assertThat(new AuditResult(
                                "line 7\n",
                                null,
                                AuditVerdict.DOES_NOT_HOLD,
                                List.of("found 'x\r\nline 8   holds   label 1'"),
                                List.of())
                        .line())
                .isEqualTo("line 7\uFFFD   DOES NOT HOLD   found 'x\uFFFD\uFFFDline 8   holds   label 1'");
    }

    @Test
    void shouldReplayWithABareOnnxFile(@TempDir Path folder) {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        tree.put("className", "nobody can know");
        ((ObjectNode) tree.get("model")).put("name", "nobody can know");
        Path onnx = TestModel.folder().resolve("model.onnx");

        try (CertificateReplay bare = new CertificateReplay(
                models(onnx),
                new FolderImages(folderOfImages(folder)),
                null,
                SeedCheck.withoutKeys(),
                Strictness.EXACT)) {
            assertThat(bare.judge(stored(read(tree))).problems()).isEmpty();
            tree.put("radius", 0.001);
            assertThat(bare.judge(stored(read(tree))).verdict().isGood()).isFalse();
        }
    }

    @Test
    void shouldReplayWhatWasOnlyTriedAndWarnOfIt(@TempDir Path folder) throws IOException {
        Path onnx = folder.resolve("turned.onnx");
        Files.write(onnx, TurnedTwice.of(Files.readAllBytes(TestModel.folder().resolve("model.onnx"))));
        ModelOverrides tried =
                new ModelOverrides(0.25, null, List.of(), new InferenceOptions(1, null).with(Assurance.TRIED));
        CertifiedPrediction experiment;
        try (OpenModel opened = OpenModel.open(onnx, tried)) {
            SmoothedClassifier smoothed = new SmoothedClassifier(
                    opened.classifier(), new SmoothingParameters(0.25, 0.001, 50, 1000, NoiseKind.DISCRETE));
            experiment = CertifiedPredictions.of(smoothed.certify(grey, new Seed(1, 2)), opened, grey, null, OCCASION);
        }
        ObjectNode pretended = (ObjectNode) JsonRecords.toTree(experiment);
        pretended.put("independence", "PROVED");

        try (CertificateReplay bare = new CertificateReplay(
                models(onnx),
                new FolderImages(folderOfImages(folder)),
                null,
                SeedCheck.withoutKeys(),
                Strictness.EXACT)) {
            AuditResult verdict = bare.judge(stored(experiment));
            assertThat(verdict.verdict()).as(verdict.line()).isEqualTo(AuditVerdict.HOLDS);
            assertThat(verdict.weaknesses()).contains(Weakness.INDEPENDENCE_TRIED);
            assertThat(bare.judge(stored(read(pretended))).problems())
                    .singleElement()
                    .asString()
                    .contains("is not shown to treat each");
        }
    }

    @Test
    void shouldNameOtherInstructionsOnlyWhereCountsDiffer() {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        ((ObjectNode) tree.get("engine")).put("instructions", "other");
        assertThat(replay.judge(stored(read(tree))).verdict()).isEqualTo(AuditVerdict.HOLDS);

        moveVote(tree);
        assertThat(replay.judge(stored(read(tree))).problems())
                .last()
                .asString()
                .startsWith("a cause may be that it was made with other instructions");
    }

    @Test
    void shouldSayWhetherTheRadiusSurvivesACountElsewhere() {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        ((ObjectNode) tree.get("engine")).put("version", "0.9");
        moveVote(tree);
        tree.put("radius", certificate.radius() - 0.001);

        try (CertificateReplay tolerant = tolerant()) {
            assertThat(replay.judge(stored(read(tree))).verdict()).isEqualTo(AuditVerdict.DOES_NOT_HOLD);
            assertThat(tolerant.judge(stored(read(tree))).line())
                    .startsWith("grey.png   survives   label 3   radius ")
                    .contains("counts are at most 1 votes apart; here label 3, radius ");

            tree.put("radius", certificate.radius() + 0.001);
            assertThat(tolerant.judge(stored(read(tree))).line())
                    .startsWith("grey.png   DOES NOT SURVIVE   counts are");
            assertThat(tolerant.judge(stored(certificate)).verdict()).isEqualTo(AuditVerdict.HOLDS);
            tree.put("alpha", 0.002);
            assertThat(tolerant.judge(stored(read(tree))).verdict()).isNotEqualTo(AuditVerdict.HOLDS);
        }
    }

    /** On a machine without a GPU the CPU counts again what a GPU certified. */
    @Test
    void shouldCountACertificateOfAGpuAgainOnWhatThereIs() {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        ObjectNode engine = (ObjectNode) tree.get("engine");
        engine.put("provider", "cuda");
        engine.putNull("instructions");

        assertThat(replay.judge(stored(read(tree))).line())
                .startsWith("grey.png   PROVIDER NOT HERE   it ran on cuda, and here ")
                .contains("'replay --tolerant' counts again on what is here");
        try (CertificateReplay tolerant = tolerant()) {
            assertThat(tolerant.judge(stored(read(tree))).verdict()).isEqualTo(AuditVerdict.SURVIVES);
        }
    }

    @Test
    void shouldWarnOfWeakPromises() {
        CertifiedPrediction gaussian = certify(NoiseKind.GAUSSIAN);
        CertifiedPrediction signed = CertificateSignature.sign(certificate, SigningKey.read(files.privateKey()));

        assertThat(replay.judge(stored(gaussian)).weaknesses())
                .containsExactly(Weakness.GAUSSIAN_NOISE, Weakness.NOT_SIGNED, Weakness.SEED_NOT_FORCED);
        assertThat(replay.judge(stored(signed)).weaknesses())
                .containsExactly(Weakness.SIGNATURE_NOT_CHECKED, Weakness.SEED_NOT_FORCED);
        assertThat(strict.judge(stored(signed)).weaknesses()).containsExactly(Weakness.SEED_NOT_FORCED);
    }

    @Test
    void shouldCountVerdictsAndWeaknesses() {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        tree.put("imageSha256", "0".repeat(64));
        AuditSummary summary = new AuditSummary();
        summary.add(replay.judge(stored(certificate)));
        summary.add(replay.judge(new StoredCertificate.Whole("line 2", read(tree))));
        summary.add(replay.judge(new StoredCertificate.Broken("line 3", "is no JSON object")));

        assertThat(summary.failed()).isEqualTo(2);
        assertThat(summary.lines())
                .containsExactly(
                        "3 certificates: 1 hold, 1 do not, 1 are of images that are not given",
                        "Weak promises: not signed 2, seed not forced 2");
    }

    private CertificateReplay tolerant() {
        AuditModels models =
                new AuditModels(List.of(TestModel.folder()), new InferenceOptions(1, null), Strictness.TOLERANT);
        return new CertificateReplay(
                models, new FolderImages(folder), null, SeedCheck.withoutKeys(), Strictness.TOLERANT);
    }

    /** Takes one vote from the winner, in the counts and in the plan's look at them. */
    private void moveVote(ObjectNode tree) {
        long votes = certificate.estimationCounts().get(3) - 1;
        ((ArrayNode) tree.get("estimationCounts")).set(3, JsonNodeFactory.instance.numberNode(votes));
        set(tree, "sampling.attempts.0.looks.0.count", JsonNodeFactory.instance.numberNode(votes));
    }

    private CertifiedPrediction certify(NoiseKind noise) {
        return certify(grey, noise, 1000);
    }

    private CertifiedPrediction certify(SamplingPlan plan, StopCondition stop) {
        SmoothingParameters parameters = new SmoothingParameters(0.25, 0.001, 50, 5000, NoiseKind.DISCRETE);
        SmoothedClassifier smoothed = new SmoothedClassifier(model.classifier(), parameters);
        return CertifiedPredictions.of(smoothed.certify(grey, new Seed(1, 2), plan, stop), model, grey, null, OCCASION);
    }

    private CertifiedPrediction certify(ImageTensor image, NoiseKind noise, long n) {
        SmoothingParameters parameters = new SmoothingParameters(0.25, 0.001, 50, n, noise);
        SmoothedClassifier smoothed = new SmoothedClassifier(model.classifier(), parameters);
        return CertifiedPredictions.of(smoothed.certify(image, new Seed(1, 2)), model, image, null, OCCASION);
    }

    private static AuditModels models(Path model) {
        return new AuditModels(List.of(model), new InferenceOptions(1, null), Strictness.EXACT);
    }

    private static StoredCertificate stored(CertifiedPrediction certificate) {
        return new StoredCertificate.Whole("grey.png", certificate);
    }

    private static CertifiedPrediction read(ObjectNode tree) {
        return JsonRecords.fromTree(tree, CertifiedPrediction.class);
    }

    /** As a line of a file, because the event's own checks are the first to catch an alteration. */
    private static StoredCertificate altered(CertifiedPrediction certificate, String field) {
        JsonNode tree = JsonRecords.toTree(certificate);
        JsonNode value = tree.at("/" + field.replace('.', '/'));
        assertThat(value.isMissingNode()).isFalse();
        set(tree, field, other(field, value));
        return CertificateFile.parse(tree.toString(), "grey.png");
    }

    private static JsonNode other(String field, JsonNode value) {
        if (OTHERS.containsKey(field)) {
            return JsonNodeFactory.instance.textNode(OTHERS.get(field));
        }
        if (value.isFloatingPointNumber()) {
            return JsonNodeFactory.instance.numberNode(value.doubleValue() * (1 - 1e-6));
        }
        if (value.isNumber()) {
            return JsonNodeFactory.instance.numberNode(value.longValue() + 1);
        }
        if (value.isNull()) {
            return field.startsWith("sign")
                    ? JsonNodeFactory.instance.textNode("0".repeat(16))
                    : JsonNodeFactory.instance.numberNode(0.5);
        }
        return JsonNodeFactory.instance.textNode(value.textValue() + "x");
    }

    private static void set(JsonNode tree, String field, JsonNode value) {
        int dot = field.lastIndexOf('.');
        JsonNode parent = dot < 0 ? tree : tree.at("/" + field.substring(0, dot).replace('.', '/'));
        String name = field.substring(dot + 1);
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }

    private static void addPaths(String prefix, JsonNode tree, List<String> paths) {
        if (tree.isObject()) {
            tree.properties().forEach(member -> addPaths(prefix + "." + member.getKey(), member.getValue(), paths));
        } else if (tree.isArray()) {
            for (int i = 0; i < tree.size(); i++) {
                addPaths(prefix + "." + i, tree.get(i), paths);
            }
        } else {
            paths.add(prefix.substring(1));
        }
    }

    /** A grey image whose row 3 has another brightness. At 130, most noisy copies have their brightest row there. */
    private ImageTensor image(Path file, int brightness) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                image.getRaster().setSample(column, row, 0, row == 3 ? brightness : 100);
            }
        }
        ImageIO.write(image, "png", file.toFile());
        return ImageFiles.read(file, model.inputShape(), ImageLimits.DEFAULT);
    }

    private Path folderOfImages(Path folder) {
        try {
            image(folder.resolve("grey.png"), 130);
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
