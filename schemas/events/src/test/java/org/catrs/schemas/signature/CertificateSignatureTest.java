// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Deserializer;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.SampleEvents;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.signature.CertificateSignature.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateSignatureTest {
    /** By Python: json.dumps(certificate, sort_keys=True, separators=(",", ":")), with 1e-9 where Python writes 1e-09. */
    private static final String CANONICAL =
            "{\"alpha\":1e-9,\"candidate\":0,\"engine\":{\"name\":\"onnxruntime\",\"precision\":\"fp32\",\"provider\":\"cpu\",\""
                    + "version\":\"1.29.0\"},\"estimationCounts\":[3000000000,3000000000],\"imageSha256\":\"0123456789abcdef012"
                    + "3456789abcdef0123456789abcdef0123456789abcdef\",\"model\":{\"name\":\"digits\",\"sha256\":\"0123456789abcd"
                    + "ef0123456789abcdef0123456789abcdef0123456789abcdef\",\"version\":\"1\"},\"n\":6000000000,\"n0\":100,\"nois"
                    + "e\":\"gaussian\",\"outcome\":\"ABSTAINED\",\"plan\":\"fixed\",\"probabilityLowerBound\":0.44,\"radius\":0,\"seco"
                    + "nds\":0,\"seed\":\"00112233445566778899aabbccddeeff\",\"selectionCounts\":[60,40],\"sigma\":0.5,\"signingK"
                    + "ey\":\"deb2ded39dc26fce\"}";

    /** By Python's cryptography: base64.b64encode(key.sign(CANONICAL)), with the key of RFC 8032, section 7.1, TEST 2. */
    private static final String SIGNATURE =
            "b82QMiVZjoMyFRqIjLgfnE2/gCHaT3jfGNS4FD3mHJB9YoVW7oKNZlclStOdtZDo1Mm4x8kPyxtvUxyS/IAVAA==";

    @TempDir
    private Path folder;

    private SigningKey key;
    private VerificationKeys keys;

    @BeforeEach
    void readKeys() throws IOException {
        key = SigningKey.read(Files.writeString(folder.resolve("key"), SignatureTest.PRIVATE));
        keys = VerificationKeys.read(List.of(Files.writeString(folder.resolve("key.pem"), SignatureTest.PUBLIC)));
    }

    @Test
    void shouldSignTheCanonicalJsonThatPythonWrites() {
        CertifiedPrediction signed = CertificateSignature.sign(SampleEvents.ABSTAINED, key);

        assertThat(new String(CertificateSignature.content(signed), UTF_8)).isEqualTo(CANONICAL);
        assertThat(signed.signature()).isEqualTo(SIGNATURE);
        assertThat(signed.signingKey()).isEqualTo(key.keyId());
    }

    @ParameterizedTest
    @EnumSource(EventFormat.class)
    void shouldBeVerifiableWhateverTheFormat(EventFormat format) {
        CertifiedPrediction signed = CertificateSignature.sign(SampleEvents.ADAPTIVE, key);

        byte[] value =
                EventSerdes.serializer(CertifiedPrediction.class, format, null).serialize("topic", signed);
        Deserializer<CertifiedPrediction> deserializer = EventSerdes.deserializer(CertifiedPrediction.class, null);

        assertThat(CertificateSignature.verify(deserializer.deserialize("topic", value), keys))
                .isEqualTo(Verdict.VALID);
    }

    @Test
    void shouldSurviveARewritingOfTheJson() throws IOException {
        CertifiedPrediction signed = CertificateSignature.sign(SampleEvents.ABSTAINED, key);
        ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(JsonRecords.write(signed));
        tree.put("radius", 0.0).put("alpha", 0.000000001000).put("key", "added by a reader");

        CertifiedPrediction read = JsonRecords.fromTree(tree, CertifiedPrediction.class);

        assertThat(CertificateSignature.verify(read, keys)).isEqualTo(Verdict.VALID);
    }

    @Test
    void shouldReplaceAnOlderSignature() {
        CertifiedPrediction twice = CertificateSignature.sign(CertificateSignature.sign(SampleEvents.FIXED, key), key);

        assertThat(twice).isEqualTo(CertificateSignature.sign(SampleEvents.FIXED, key));
    }

    static Stream<String> alterations() {
        return Stream.of(
                "\"seconds\":0.75 \"seconds\":0.5",
                "\"trueLabel\":1 \"trueLabel\":0",
                "\"className\":\"one\" \"className\":\"two\"",
                "\"radius\":0.6215 \"radius\":0.62151",
                "\"alpha\":0.001 \"alpha\":0.0009",
                "\"version\":\"1.29.0\" \"version\":\"1.29.1\"");
    }

    @ParameterizedTest
    @MethodSource("alterations")
    void shouldCatchAnAlteration(String alteration) {
        CertifiedPrediction signed = CertificateSignature.sign(SampleEvents.CERTIFIED, key);
        String[] words = alteration.split(" ");
        String json = new String(JsonRecords.write(signed), UTF_8);
        assertThat(json).contains(words[0]);

        CertifiedPrediction altered =
                JsonRecords.read(json.replace(words[0], words[1]).getBytes(UTF_8), CertifiedPrediction.class);

        assertThat(CertificateSignature.verify(altered, keys)).isEqualTo(Verdict.INVALID);
    }

    @ParameterizedTest
    @CsvSource({"rw-------, false", "r--------, false", "rw-r-----, true", "rw----r--, true", "rw-----w-, true"})
    void shouldWarnOfAKeyThatOthersMayRead(String permissions, boolean exposed) throws IOException {
        Path file = folder.resolve("key");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

        assertThat(SigningKey.exposure(file).isPresent()).isEqualTo(exposed);
        if (exposed) {
            assertThat(SigningKey.exposure(file).orElseThrow()).contains(file.toString(), permissions, "chmod 600");
        }
    }

    @Test
    void shouldTellUnsignedFromUnknownAndFromInvalid() {
        CertifiedPrediction signed = CertificateSignature.sign(SampleEvents.FIXED, key);
        ObjectNode tree = (ObjectNode) JsonRecords.toTree(signed);

        assertThat(CertificateSignature.verify(SampleEvents.FIXED, keys)).isEqualTo(Verdict.UNSIGNED);
        assertThat(CertificateSignature.verify(signed, VerificationKeys.none())).isEqualTo(Verdict.UNKNOWN_KEY);
        for (String wrong : List.of("", "no Base64!", "AAAA", "A".repeat(86) + "==")) {
            CertifiedPrediction forged = JsonRecords.fromTree(tree.put("signature", wrong), CertifiedPrediction.class);
            assertThat(CertificateSignature.verify(forged, keys)).isEqualTo(Verdict.INVALID);
        }
    }
}
