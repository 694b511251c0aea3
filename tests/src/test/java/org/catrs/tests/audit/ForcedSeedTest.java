// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.catrs.certifier.audit.AuditModels;
import org.catrs.certifier.audit.CertificateFile;
import org.catrs.certifier.audit.CertificateReplay;
import org.catrs.certifier.audit.SeedCheck;
import org.catrs.certifier.audit.StoredCertificate;
import org.catrs.certifier.audit.Strictness;
import org.catrs.certifier.audit.Weakness;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.outcome.Occasion;
import org.catrs.certifier.stream.seed.DrawnSeed;
import org.catrs.certifier.stream.seed.NoisePolicy;
import org.catrs.certifier.stream.seed.PublishedPolicies;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.schemas.dataset.FolderImages;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageFiles;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.signature.VerificationKeys;
import org.catrs.tests.Checkout;
import org.catrs.tests.stream.CertifierProcess;
import org.catrs.tests.stream.TestImages;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Certificates whose seed nobody forced, or that say so wrongly: both verifiers refuse them, with the same words. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ForcedSeedTest {
    private static final String PYTHON = "/usr/bin/python3";

    /** The point that adds nothing, as a public key: one proof form then holds for each input, and the output is known. */
    private static final byte[] LOW_ORDER = new byte[32];

    static {
        LOW_ORDER[0] = 1;
    }

    private Path folder;
    private Path images;
    private SeedSource.Forced source;
    private SeedSource.Forced stranger;
    private Path publicKey;
    private OpenModel model;
    private ImageTensor grey;
    private CertifiedPrediction certificate;
    private CertifiedPrediction other;

    @BeforeAll
    void certify(@TempDir Path work) throws IOException {
        folder = work;
        images = Files.createDirectories(work.resolve("images"));
        publicKey = work.resolve("noise.pub.pem");
        SigningKey.create(work.resolve("noise.pem")).publish(publicKey);
        SigningKey.create(work.resolve("stranger.pem"));
        source = (SeedSource.Forced) SeedSource.of(work.resolve("noise.pem"));
        stranger = (SeedSource.Forced) SeedSource.of(work.resolve("stranger.pem"));
        model = OpenModel.open(CertifierProcess.BRIGHTNESS, ModelOverrides.DEFAULT);
        grey = image("grey.png", 150);
        certificate = certify(grey, 100, source);
        other = certify(image("dark.png", 60), 100, source);
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void shouldHoldWhereTheNoiseKeyForcedTheSeed() {
        assertThat(judged(lines(certificate, other), publicKey)).allMatch(List::isEmpty);
    }

    @Test
    void shouldSayTheSameAsTheOtherVerifierOfWhateverIsForged() throws Exception {
        Map<String, String> forged = forgeries();
        List<List<String>> problems = judged(forged.keySet(), publicKey);
        assertThat(problems).hasSameSizeAs(forged.values());
        int place = 0;
        for (Map.Entry<String, String> forgery : forged.entrySet()) {
            assertThat(problems.get(place)).as(forgery.getKey()).isNotEmpty();
            assertThat(problems.get(place).get(0)).as(forgery.getKey()).contains(forgery.getValue());
            place++;
        }
        assumePython();
        assertThat(judgedByPython(forged.keySet(), publicKey))
                .containsExactlyElementsOf(
                        problems.stream().map(ForcedSeedTest::ofSeeds).toList());
    }

    /** RFC 9381, section 5.4.5: whoever chooses such a key chooses seeds that are no function of the image. */
    @Test
    void shouldRefuseAKeyOfLowOrder() throws Exception {
        assumePython();
        Path key = Files.writeString(folder.resolve("low.pub.pem"), pem(LOW_ORDER));
        String id = VerificationKeys.read(List.of(key)).keyIds().iterator().next();
        String[] forged = python(
                        "-c",
                        """
                        import sys
                        sys.path.insert(0, sys.argv[1])
                        import vrf
                        key, text, nonce = vrf.encode(vrf.NEUTRAL), bytes.fromhex(sys.argv[2]), 7
                        hashed = vrf.to_curve(key, text)
                        c = vrf.challenge(vrf.NEUTRAL, hashed, vrf.NEUTRAL, vrf.times(nonce, vrf.BASE), vrf.times(nonce, hashed))
                        proof = key + c + nonce.to_bytes(32, "little")
                        vrf.is_of_low_order = lambda point: False
                        print(proof.hex(), vrf.output(key, text, proof)[:16].hex())
                        """,
                        Checkout.ROOT.resolve("tests").toString(),
                        HexFormat.of().formatHex(NoisePolicy.of(certificate).input(grey)))
                .get(0)
                .split(" ");
        String line = altered(
                certificate,
                tree -> tree.put("noiseKey", id)
                        .put(
                                "noiseProof",
                                Base64.getEncoder()
                                        .encodeToString(HexFormat.of().parseHex(forged[0])))
                        .put("seed", forged[1]));

        List<String> problems = judged(List.of(line), key).get(0);

        assertThat(problems)
                .first()
                .isEqualTo("its noise proof shows no seed of the noise key " + id + " for this image and policy");
        assertThat(judgedByPython(List.of(line), key)).containsExactly(ofSeeds(problems));
    }

    /** Whoever has the key and may choose a policy afterwards has as many draws of the noise as there are policies. */
    @Test
    void shouldRefuseAPolicyThatWasNotPublished() throws Exception {
        List<String> both = lines(certificate, certify(grey, 101, source));
        Path policies = folder.resolve("policies");
        NoisePolicy policy = NoisePolicy.of(certificate);
        Files.writeString(policies, "# of 2026\n\n" + policy.sha256() + "  " + policy.json() + "\n");
        SeedCheck published = SeedCheck.by(VerificationKeys.read(List.of(publicKey)), PublishedPolicies.read(policies));

        List<List<String>> problems = judged(both, replay(published));

        assertThat(problems.get(0)).isEmpty();
        assertThat(problems.get(1))
                .singleElement()
                .asString()
                .startsWith("its policy ")
                .contains(" is none of those that were published: {\"alpha\":0.001,");
        assumePython();
        assertThat(judgedByPython(both, publicKey, "--policies", policies.toString()))
                .containsExactlyElementsOf(problems);
    }

    @Test
    void shouldWarnWhereSeedsOrPoliciesWereNotLookedAt() throws IOException {
        Path policies = Files.writeString(
                folder.resolve("published"), NoisePolicy.of(certificate).sha256());
        VerificationKeys keys = VerificationKeys.read(List.of(publicKey));

        assertThat(weaknesses(SeedCheck.withoutKeys())).containsExactly(Weakness.NOT_SIGNED, Weakness.SEED_NOT_CHECKED);
        assertThat(weaknesses(SeedCheck.by(keys, null)))
                .containsExactly(Weakness.NOT_SIGNED, Weakness.POLICY_NOT_CHECKED);
        assertThat(weaknesses(SeedCheck.by(keys, PublishedPolicies.read(policies))))
                .containsExactly(Weakness.NOT_SIGNED);
    }

    private List<Weakness> weaknesses(SeedCheck seeds) {
        try (CertificateReplay replay = replay(seeds)) {
            return replay.judge(CertificateFile.read(write(lines(certificate))).get(0))
                    .weaknesses();
        }
    }

    @Test
    void shouldTellOfTheSeedOnlyThePolicyWithoutAKey() {
        CertificateReplay replay = replay(SeedCheck.withoutKeys());
        List<String> unforced = new ArrayList<>(lines(certify(grey, 100, new SeedSource.Random())));
        unforced.add(altered(certificate, tree -> tree.put("policy", "0".repeat(64))));
        assertThat(judged(unforced, replay))
                .satisfiesExactly(
                        problems -> assertThat(problems).isEmpty(),
                        problems -> assertThat(problems)
                                .containsExactly("its policy is " + "0".repeat(64) + ", that of its fields is "
                                        + certificate.policy()));
    }

    @Test
    void shouldForceTheSameCertificateWhateverWasAskedFor() {
        CertifiedPrediction near = certify(grey, new SamplingPlan.TargetRadius(0.1), 500);
        CertifiedPrediction far = certify(grey, new SamplingPlan.TargetRadius(0.4), 500);
        assertThat(near.seed()).isEqualTo(far.seed());
        assertThat(near.policy()).isEqualTo(far.policy());
        assertThat(certify(grey, 100, source)).isEqualTo(certificate);
        assertThat(certify(grey, 101, source).seed()).isNotEqualTo(certificate.seed());
    }

    /** Lines, and what is said first of each. */
    private Map<String, String> forgeries() {
        String proofless = "its noise proof shows no seed of the noise key "
                + source.key().publicKey().keyId() + " for this image and policy";
        Map<String, String> forged = new LinkedHashMap<>();
        forged.put(lines(certify(grey, 100, new SeedSource.Random())).get(0), "its seed is not forced");
        forged.put(
                lines(certify(grey, 100, stranger)).get(0),
                "it names the noise key " + stranger.key().publicKey().keyId() + ", known are ["
                        + source.key().publicKey().keyId() + "]");
        for (int octet : new int[] {0, 31, 32, 47, 48, 79}) {
            forged.put(altered(certificate, tree -> tree.put("noiseProof", flipped(certificate, octet))), proofless);
        }
        forged.put(altered(certificate, tree -> tree.put("noiseProof", other.noiseProof())), proofless);
        forged.put(
                altered(
                        certificate,
                        tree -> tree.put(
                                "noiseKey",
                                Objects.requireNonNull(
                                        certify(grey, 100, stranger).noiseKey()))),
                "it names the noise key");
        forged.put(
                altered(certify(grey, 100, stranger), tree -> tree.put("noiseKey", certificate.noiseKey())), proofless);
        forged.put(
                altered(certificate, tree -> tree.put("seed", "0".repeat(32))),
                "its seed is " + "0".repeat(32) + ", the noise key forces " + certificate.seed());
        String policy = "its policy is ";
        forged.put(altered(certificate, tree -> tree.put("policy", "0".repeat(64))), policy);
        forged.put(altered(certificate, tree -> tree.put("alpha", 0.002)), policy);
        forged.put(altered(certificate, tree -> tree.put("n0", 21)), policy);
        forged.put(altered(certificate, tree -> tree.withObject("/sampling").put("maxN", 101)), policy);
        forged.put(altered(certificate, tree -> tree.put("plan", "deadline")), policy);
        forged.put(altered(certificate, tree -> tree.withObject("/engine").put("version", "0")), policy);
        String form = "a noise proof is the Base64 of 80 bytes, 108 characters, found ";
        String proof = Objects.requireNonNull(certificate.noiseProof());
        forged.put(altered(certificate, tree -> tree.put("noiseProof", proof.substring(4))), form);
        forged.put(altered(certificate, tree -> tree.put("noiseProof", proof + "\nx   holds")), form);
        forged.put(altered(certificate, tree -> tree.put("noiseProof", secondForm(proof))), form);
        forged.put(
                altered(certificate, tree -> tree.put("noiseKey", "0".repeat(15) + "A")),
                "a noise key's id has 16 lower-case hex digits");
        for (String field : List.of("noiseKey", "noiseProof", "policy")) {
            forged.put(
                    altered(certificate, tree -> tree.putNull(field)),
                    "a forced seed comes with the id of its key, a proof and the policy's hash, found not all of them");
        }
        String rules = "a forced seed comes with attempts that name their phases, as those of version 3 do";
        forged.put(
                altered(certificate, tree -> ((ObjectNode) tree.at("/sampling/attempts/0")).putNull("phase")), rules);
        forged.put(altered(certificate, tree -> tree.putNull("sampling")), rules);
        return forged;
    }

    private static String flipped(CertifiedPrediction certificate, int octet) {
        byte[] proof = Base64.getDecoder().decode(certificate.noiseProof());
        proof[octet] ^= 1;
        return Base64.getEncoder().encodeToString(proof);
    }

    /** The same bytes, for a decoder that passes over the bits that the last character has to spare. */
    private static String secondForm(String proof) {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        char last = alphabet.charAt(alphabet.indexOf(proof.charAt(106)) + 1);
        String form = proof.substring(0, 106) + last + "=";
        assertThat(Base64.getDecoder().decode(form))
                .isEqualTo(Base64.getDecoder().decode(proof));
        return form;
    }

    private CertifiedPrediction certify(ImageTensor image, long n, SeedSource seeds) {
        return certify(image, new SamplingPlan.Fixed(), n, seeds);
    }

    private CertifiedPrediction certify(ImageTensor image, SamplingPlan plan, long n) {
        return certify(image, plan, n, source);
    }

    private CertifiedPrediction certify(ImageTensor image, SamplingPlan plan, long n, SeedSource seeds) {
        SmoothingParameters parameters = new SmoothingParameters(0.5, 0.001, 20, n, NoiseKind.DISCRETE);
        CertifiedPredictions predictions = CertifiedPredictions.by(model);
        DrawnSeed seed = seeds.draw(image, predictions.policy(parameters, plan.kind()));
        return predictions.write(
                new SmoothedClassifier(model.classifier(), parameters)
                        .certify(image, seed.seed(), plan, StopCondition.NEVER),
                image,
                seed.proof(),
                new Occasion(null, 0.25, null, 1_796_000_000_000L));
    }

    private ImageTensor image(String name, int brightness) throws IOException {
        Path file = Files.write(images.resolve(name), TestImages.png(brightness));
        return ImageFiles.read(file, model.inputShape(), ImageLimits.DEFAULT);
    }

    private static List<String> lines(CertifiedPrediction... certificates) {
        return Arrays.stream(certificates)
                .map(one -> new String(JsonRecords.write(one), StandardCharsets.UTF_8))
                .toList();
    }

    private static String altered(CertifiedPrediction certificate, Consumer<ObjectNode> alteration) {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        alteration.accept(tree);
        return tree.toString();
    }

    private CertificateReplay replay(SeedCheck seeds) {
        return new CertificateReplay(
                new AuditModels(List.of(CertifierProcess.BRIGHTNESS), new InferenceOptions(1, null), Strictness.EXACT),
                new FolderImages(images),
                null,
                seeds,
                Strictness.EXACT);
    }

    private List<List<String>> judged(Iterable<String> lines, Path key) {
        return judged(lines, replay(SeedCheck.by(VerificationKeys.read(List.of(key)), null)));
    }

    private List<List<String>> judged(Iterable<String> lines, CertificateReplay replay) {
        try (replay) {
            List<StoredCertificate> stored = CertificateFile.read(write(lines));
            return stored.stream().map(one -> replay.judge(one).problems()).toList();
        }
    }

    private Path write(Iterable<String> lines) {
        try {
            return Files.write(folder.resolve("certificates.jsonl"), lines);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What tests/replay.py says of the seeds. */
    private List<List<String>> judgedByPython(Iterable<String> lines, Path key, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                Checkout.ROOT.resolve("tests/replay.py").toString(),
                "--certificates",
                write(lines).toString(),
                "--images",
                images.toString(),
                "--model",
                CertifierProcess.BRIGHTNESS.resolve("model.onnx").toString(),
                "--noise-key",
                key.toString()));
        arguments.addAll(List.of(more));
        return python(arguments.toArray(String[]::new)).stream()
                .filter(line -> line.startsWith("line "))
                .map(line -> ofSeeds(List.of(line.replaceFirst("^line \\d+ +DISAGREES: ", "")
                        .replaceFirst("   weak: .*$", "")
                        .split("; "))))
                .toList();
    }

    private static List<String> ofSeeds(List<String> problems) {
        return problems.stream()
                .map(problem -> problem.replace('\n', '\uFFFD'))
                .filter(problem -> problem.matches(
                        "(?s)(its (seed|policy|noise proof) |it names the noise key |a (noise|forced) ).*"))
                .toList();
    }

    private static List<String> python(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PYTHON));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return text.lines().toList();
    }

    private static void assumePython() throws IOException, InterruptedException {
        assumeThat(python("-c", "import cryptography, mpmath, onnx, PIL, scipy, torch; print('all')"))
                .as("Python has the packages that tests/replay.py needs")
                .containsExactly("all");
    }

    private static String pem(byte[] key) {
        // RFC 8410, section 10.1: what stands before the key.
        byte[] before = HexFormat.of().parseHex("302a300506032b6570032100");
        byte[] der = Arrays.copyOf(before, before.length + key.length);
        System.arraycopy(key, 0, der, before.length, key.length);
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
    }
}
