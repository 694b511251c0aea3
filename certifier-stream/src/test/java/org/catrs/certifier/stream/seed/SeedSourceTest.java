// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.stream.outcome.TestKeys;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction.Engine;
import org.catrs.schemas.event.CertifiedPrediction.Model;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.json.JsonRecords;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors come from tests/seed_vectors.py, which computes with Python's integers and hashlib. */
final class SeedSourceTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final Model MODEL = new Model("digits", "1", "0".repeat(64));
    private static final Engine ENGINE = new Engine("cpu", "fp32", "onnxruntime", "1.29.0+extended", "avx2");
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 100_000, NoiseKind.DISCRETE);
    private static final NoisePolicy POLICY = NoisePolicy.of(MODEL, ENGINE, PARAMETERS, SamplingPlan.Kind.FIXED);

    @TempDir
    private Path folder;

    static Stream<JsonNode> vectors() throws IOException {
        JsonNode vectors = file().get("vectors");
        assertThat(vectors.size()).isEqualTo(23);
        return vectors.valueStream();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldForceTheSeedThatPythonForces(JsonNode vector) throws IOException {
        NoisePolicy policy = policy(vector.get("certificate"));
        assertThat(policy.json()).isEqualTo(vector.get("policy").textValue());
        assertThat(policy.sha256()).isEqualTo(vector.get("sha256").textValue());

        ImageTensor image = image(vector.get("shape"));
        assertThat(policy.input(image))
                .asHexString()
                .isEqualToIgnoringCase(vector.get("input").textValue());

        byte[] secret = HEX.parseHex(file().get("secret").textValue());
        SeedSource.Forced source = (SeedSource.Forced) SeedSource.of(TestKeys.ofSecret(folder, secret));
        DrawnSeed drawn = source.draw(image, policy);
        assertThat(drawn.seed()).hasToString(vector.get("seed").textValue());
        SeedProof proof = Objects.requireNonNull(drawn.proof());
        assertThat(Base64.getDecoder().decode(proof.noiseProof()))
                .asHexString()
                .isEqualToIgnoringCase(vector.get("proof").textValue());
        assertThat(proof.seed(source.key().publicKey(), image, policy)).contains(drawn.seed());
    }

    @Test
    void shouldForceOneSeedOnAnImageUnderAPolicy() {
        SeedSource source = SeedSource.of(TestKeys.in(folder).privateKey());
        assertThat(source.draw(image(1, 2, 2), POLICY)).isEqualTo(source.draw(image(1, 2, 2), POLICY));
    }

    /** Whatever else a request or an operator could vary would be a fresh draw for whoever varies it. */
    @Test
    void shouldHaveNothingElseInAPolicy() {
        assertThat(JsonRecords.toTree(POLICY).fieldNames())
                .toIterable()
                .containsExactly(
                        "model",
                        "provider",
                        "precision",
                        "engine",
                        "engineVersion",
                        "sigma",
                        "noise",
                        "alpha",
                        "n0",
                        "plan",
                        "n");
        Engine elsewhere = new Engine("cpu", "fp32", "onnxruntime", "1.29.0+extended", "avx512");
        assertThat(NoisePolicy.of(
                        new Model("renamed", "2", MODEL.sha256()), elsewhere, PARAMETERS, SamplingPlan.Kind.FIXED))
                .isEqualTo(POLICY);
    }

    @Test
    void shouldForceAnotherSeedWhereAnyPartOfThePolicyIsAnother() {
        SeedSource source = SeedSource.of(TestKeys.in(folder).privateKey());
        Set<String> seeds = new HashSet<>();
        seeds.add(source.draw(image(1, 2, 2), POLICY).seed().toString());
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(POLICY);
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            ObjectNode other = tree.deepCopy();
            JsonNode value = member.getValue();
            if (member.getKey().equals("model")) {
                other.put("model", "1".repeat(64));
            } else if (value.isTextual()) {
                other.put(member.getKey(), value.textValue() + "x");
            } else if (value.isIntegralNumber()) {
                other.put(member.getKey(), value.longValue() + 1);
            } else {
                other.put(member.getKey(), Math.nextUp(value.doubleValue()));
            }
            NoisePolicy policy = JsonRecords.fromTree(other, NoisePolicy.class);
            assertThat(seeds.add(source.draw(image(1, 2, 2), policy).seed().toString()))
                    .as(member.getKey())
                    .isTrue();
        }
        assertThat(seeds).hasSize(12);
    }

    @Test
    void shouldForceAnotherSeedOnTheSamePixelsInAnotherShape() {
        SeedSource source = SeedSource.of(TestKeys.in(folder).privateKey());
        assertThat(Stream.of(image(1, 2, 6), image(1, 6, 2), image(3, 2, 2), image(1, 3, 4), image(2, 2, 3))
                        .map(image -> source.draw(image, POLICY).seed())
                        .distinct())
                .hasSize(5);
    }

    @Test
    void shouldForceAnotherSeedByAnotherKey() {
        assertThat(SeedSource.of(TestKeys.in(folder).privateKey())
                        .draw(image(1, 2, 2), POLICY)
                        .seed())
                .isNotEqualTo(SeedSource.of(TestKeys.in(folder).privateKey())
                        .draw(image(1, 2, 2), POLICY)
                        .seed());
    }

    @Test
    void shouldLeaveSeedsToChanceWithoutAKey() {
        DrawnSeed drawn = SeedSource.of(null).draw(image(1, 2, 2), POLICY);
        assertThat(drawn.proof()).isNull();
        assertThat(SeedSource.of(null).draw(image(1, 2, 2), POLICY).seed()).isNotEqualTo(drawn.seed());
    }

    @Test
    void shouldSayInOneLineWhatIsWrongWithAKeyFile() throws IOException {
        Path publicKey = TestKeys.in(folder).publicKey();
        Path text = Files.writeString(folder.resolve("text"), "no key");
        // The object identifier of X25519 (RFC 8410) instead of that of Ed25519.
        Path other = Files.writeString(
                folder.resolve("other"),
                Files.readString(TestKeys.in(folder).privateKey()).replaceFirst("K2Vw", "K2Vu"));
        assertUnusable(folder.resolve("absent"), "absent: is not there");
        assertUnusable(folder, "is a folder, needed is a file");
        assertUnusable(text, "text: has no block '-----BEGIN PRIVATE KEY-----'; 'openssl genpkey -algorithm ed25519'");
        assertUnusable(
                publicKey,
                "has no block '-----BEGIN PRIVATE KEY-----', but '-----BEGIN PUBLIC KEY-----'; 'openssl genpkey");
        assertUnusable(other, "other: is no Ed25519 key; make one by 'openssl genpkey -algorithm ed25519 -out FILE'");
    }

    private static void assertUnusable(Path file, String problem) {
        assertThatThrownBy(() -> SeedSource.of(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(problem)
                .message()
                .hasLineCount(1);
    }

    private static NoisePolicy policy(JsonNode fields) {
        JsonNode engine = fields.get("engine");
        return NoisePolicy.of(
                new Model("any", "1", fields.at("/model/sha256").textValue()),
                new Engine(
                        engine.get("provider").textValue(),
                        engine.get("precision").textValue(),
                        engine.get("name").textValue(),
                        engine.get("version").textValue(),
                        null),
                new SmoothingParameters(
                        fields.get("sigma").doubleValue(),
                        fields.get("alpha").doubleValue(),
                        fields.get("n0").longValue(),
                        fields.get("n").longValue(),
                        NoiseKind.parse(fields.get("noise").textValue())),
                SamplingPlan.Kind.parse(fields.get("plan").textValue()));
    }

    private static ImageTensor image(JsonNode shape) {
        return image(
                shape.get(0).intValue(), shape.get(1).intValue(), shape.get(2).intValue());
    }

    /** As tests/seed_vectors.py makes it. */
    private static ImageTensor image(int channels, int height, int width) {
        ImageShape shape = new ImageShape(channels, height, width);
        byte[] values = new byte[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (7 * i);
        }
        return ImageTensor.of(shape, values);
    }

    private static JsonNode file() throws IOException {
        try (InputStream vectors = SeedSourceTest.class.getResourceAsStream("vectors.json")) {
            return new ObjectMapper().readTree(vectors);
        }
    }
}
