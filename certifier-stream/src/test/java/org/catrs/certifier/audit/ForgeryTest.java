// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.model.TestModel;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SamplingPlan.Kind;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
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
import org.catrs.schemas.image.ImageShape;
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

/** Two verifiers, written apart, against forgeries of every plan's certificates: neither takes one, nor refuses what is true. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgeryTest {
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.25, 0.001, 50, 1000, NoiseKind.DISCRETE);
    /** So few samples choose wrongly now and then, and an attempt about another class follows. */
    private static final SmoothingParameters HASTY = new SmoothingParameters(0.25, 0.001, 1, 1000, NoiseKind.DISCRETE);

    private static final int SIDE = 28;
    private static final int FEWEST = 60;

    private Path work;
    private Path images;
    private OpenModel model;
    private ImageTensor image;
    private ImageTensor another;
    private TestKeys keys;
    private final Map<String, String> genuine = new LinkedHashMap<>();
    private final Map<String, String> forged = new LinkedHashMap<>();
    private final Map<Kind, Integer> forgeries = new EnumMap<>(Kind.class);

    @BeforeAll
    void forge(@TempDir Path folder, @TempDir Path other) throws IOException {
        work = folder;
        images = Files.createDirectories(folder.resolve("images"));
        model = OpenModel.open(TestModel.folder(), ModelOverrides.DEFAULT);
        image = image(images.resolve("grey.png"), 130);
        another = image(images.resolve("brighter.png"), 150);
        keys = TestKeys.in(folder);
        SigningKey signer = SigningKey.read(keys.privateKey());
        SigningKey stranger = SigningKey.read(TestKeys.in(other).privateKey());
        for (Kind kind : Kind.values()) {
            CertifiedPrediction certificate = certify(kind, model.classifier(), PARAMETERS, image, seed(1));
            addAll(kind + ": ", kind, certificate, signer, stranger);
            forged.put(
                    kind + ": votes moved to the leading class", claim(kind, (label, votes) -> label == 3 ? 0 : votes));
            if (kind != Kind.FIXED) {
                addAll(kind + ", begun again: ", kind, begunAgain(kind), signer, stranger);
            }
        }
    }

    private void addAll(
            String prefix, Kind kind, CertifiedPrediction certificate, SigningKey signer, SigningKey stranger) {
        Forgeries of = new Forgeries(certificate, signer, stranger);
        CertifiedPrediction elsewhere = certify(kind, model.classifier(), PARAMETERS, image, seed(99));
        of.claim("votes of another seed", with(elsewhere, "seed", certificate.seed()));
        CertifiedPrediction brighter = certify(kind, model.classifier(), PARAMETERS, another, seed(1));
        of.claim("votes of another image", with(brighter, "imageSha256", certificate.imageSha256()));
        genuine.put(prefix + "genuine", Forgeries.line(CertificateSignature.sign(certificate, signer)));
        of.lines().forEach((name, line) -> forged.put(prefix + name, line));
        forgeries.merge(kind, of.lines().size(), Math::max);
    }

    @AfterAll
    void close() {
        model.close();
    }

    @Test
    void shouldHaveManyForgeriesOfEachPlan() {
        assertThat(forgeries.values()).allMatch(count -> count >= FEWEST);
    }

    @Test
    void shouldRefuseEveryForgeryAndNothingElse() throws IOException {
        AuditModels models =
                new AuditModels(List.of(TestModel.folder()), new InferenceOptions(1, null), Strictness.EXACT);
        VerificationKeys known = VerificationKeys.read(List.of(keys.publicKey()));
        List<String> taken = new ArrayList<>();
        List<String> names = names();
        try (CertificateReplay replay = new CertificateReplay(
                models, new FolderImages(images), known, SeedCheck.withoutKeys(), Strictness.EXACT)) {
            List<StoredCertificate> stored = CertificateFile.read(file());
            for (int i = 0; i < stored.size(); i++) {
                if (replay.judge(stored.get(i)).verdict() == AuditVerdict.HOLDS) {
                    taken.add(names.get(i));
                }
            }
        }

        assertThat(taken).containsExactlyElementsOf(genuine.keySet());
    }

    @Test
    void shouldRefuseEveryForgeryAndNothingElseInPython() throws Exception {
        assumeThat(exit("-c", "import cryptography, mpmath, onnx, PIL, scipy, torch"))
                .as("Python has the packages that tests/replay.py needs")
                .isZero();
        Path out = work.resolve("verdicts");
        int code = exit(
                out,
                "../tests/replay.py",
                "--certificates",
                file().toString(),
                "--images",
                images.toString(),
                "--model",
                TestModel.folder().resolve("model.onnx").toString(),
                "--key",
                keys.publicKey().toString());
        List<String> verdicts = Files.readAllLines(out).stream()
                .filter(line -> line.contains("   agrees") || line.contains("   DISAGREES"))
                .toList();
        List<String> names = names();

        assertThat(code).isEqualTo(1);
        assertThat(verdicts).hasSameSizeAs(names);
        List<String> taken = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (verdicts.get(i).contains("   agrees")) {
                taken.add(names.get(i));
            }
        }
        assertThat(taken).containsExactlyElementsOf(genuine.keySet());
    }

    private List<String> names() {
        List<String> names = new ArrayList<>(genuine.keySet());
        names.addAll(forged.keySet());
        return names;
    }

    private Path file() throws IOException {
        List<String> lines = new ArrayList<>(genuine.values());
        lines.addAll(forged.values());
        return Files.write(work.resolve("certificates.jsonl"), lines);
    }

    private static int exit(String... arguments) throws IOException, InterruptedException {
        return exit(Files.createTempFile("python", ".out"), arguments);
    }

    private static int exit(Path out, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("/usr/bin/python3"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    private CertifiedPrediction begunAgain(Kind kind) {
        return LongStream.range(0, 1000)
                .mapToObj(number -> certify(kind, model.classifier(), HASTY, image, seed(number)))
                .filter(certificate -> certificate.sampling().attempts().size() > 1)
                .findFirst()
                .orElseThrow();
    }

    private static Seed seed(long number) {
        return new Seed(number, 2);
    }

    /** A whole certificate, by the plan's own rules, of votes that nobody gave. */
    private String claim(Kind kind, Taken taken) {
        CertifiedPrediction claim = certify(kind, new Liar(model.classifier(), taken), PARAMETERS, image, seed(1));
        return Forgeries.line(CertificateSignature.sign(claim, SigningKey.read(keys.privateKey())));
    }

    private CertifiedPrediction certify(
            Kind kind, BaseClassifier base, SmoothingParameters parameters, ImageTensor of, Seed seed) {
        AtomicInteger looks = new AtomicInteger();
        StopCondition stop = () -> looks.incrementAndGet() > 12 ? Sampling.Stop.SHUTDOWN : null;
        SamplingPlan plan = switch (kind) {
            case FIXED -> new SamplingPlan.Fixed();
            case ADAPTIVE -> new SamplingPlan.TargetRadius(0.18);
            case DEADLINE -> new SamplingPlan.Deadline(Duration.ofHours(1), 0.19);
        };
        SmoothedClassifier smoothed = new SmoothedClassifier(base, parameters);
        return CertifiedPredictions.of(
                smoothed.certify(of, seed, plan, kind == Kind.DEADLINE ? stop : StopCondition.NEVER),
                model,
                of,
                null,
                new Occasion(3, 0.25, new ImageOrigin("images", 3, 42), 1_796_000_000_000L));
    }

    private static CertifiedPrediction with(CertifiedPrediction certificate, String field, String value) {
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(certificate);
        return JsonRecords.fromTree(tree.put(field, value), CertifiedPrediction.class);
    }

    /** A grey image whose row 3 is brighter: most noisy copies have their brightest row there, and some have not. */
    private ImageTensor image(Path file, int brightness) throws IOException {
        BufferedImage drawn = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                drawn.getRaster().setSample(column, row, 0, row == 3 ? brightness : 100);
            }
        }
        ImageIO.write(drawn, "png", file.toFile());
        return ImageFiles.read(file, model.inputShape(), ImageLimits.DEFAULT);
    }

    /** How many of a class's votes are taken from it. */
    private interface Taken {
        long of(int label, long votes);
    }

    /** Gives votes of other classes to class 3. */
    private record Liar(BaseClassifier honest, Taken taken) implements BaseClassifier {
        @Override
        public ImageShape inputShape() {
            return honest.inputShape();
        }

        @Override
        public int classes() {
            return honest.classes();
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            ClassCounts counts = honest.count(image, parameters, seed, phase, first, samples);
            long[] votes = counts.toList().stream().mapToLong(Long::longValue).toArray();
            for (int label = 0; label < votes.length; label++) {
                long moved = taken.of(label, votes[label]);
                votes[label] -= moved;
                votes[3] += moved;
            }
            return new ClassCounts(votes, samples);
        }
    }
}
