// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureTest {
    // The keys of RFC 8032, section 7.1, TEST 2, in the forms of RFC 8410, written by Python's
    // cryptography.hazmat.primitives.serialization: PKCS8 and SubjectPublicKeyInfo.
    static final String PRIVATE = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7
            -----END PRIVATE KEY-----
            """;

    static final String PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=
            -----END PUBLIC KEY-----
            """;

    // hashlib.sha256(base64.b64decode(PUBLIC)).hexdigest()[:16]
    private static final String KEY_ID = "deb2ded39dc26fce";

    // RFC 8032, section 7.1, TEST 2
    private static final byte[] MESSAGE = {0x72};
    private static final byte[] SIGNATURE = HexFormat.of()
            .parseHex("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                    + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

    @TempDir
    private Path folder;

    private Path privateFile;
    private Path publicFile;

    @BeforeEach
    void writeKeys() throws IOException {
        privateFile = Files.writeString(folder.resolve("key.private"), PRIVATE);
        publicFile = Files.writeString(folder.resolve("key.pem"), PUBLIC);
    }

    @Test
    void shouldSignAsTheStandardSays() {
        assertThat(SigningKey.read(privateFile).sign(MESSAGE)).isEqualTo(SIGNATURE);
    }

    @Test
    void shouldNameAKeyByItsPublicHalf() {
        assertThat(SigningKey.read(privateFile).keyId()).isEqualTo(KEY_ID);
        assertThat(VerificationKeys.read(List.of(publicFile)).keyIds()).containsExactly(KEY_ID);
    }

    @Test
    void shouldSayWhoSigned() {
        VerificationKeys keys = VerificationKeys.read(List.of(folder));
        assertThat(keys.verify(MESSAGE, SIGNATURE)).contains(KEY_ID);
        assertThat(keys.verify(new byte[] {0x73}, SIGNATURE)).isEmpty();
        assertThat(keys.verify(MESSAGE, new byte[64])).isEmpty();
        assertThat(keys.verify(MESSAGE, new byte[3])).isEmpty();
        assertThat(VerificationKeys.none().verify(MESSAGE, SIGNATURE)).isEmpty();
    }

    @Test
    void shouldReadWhatOpensslWrites() throws Exception {
        Path made = folder.resolve("made");
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", made.toString());
        Path madePublic = folder.resolve("made.pem");
        run("openssl", "pkey", "-in", made.toString(), "-pubout", "-out", madePublic.toString());
        SigningKey key = SigningKey.read(made);
        byte[] message = "a manifest".getBytes(UTF_8);
        assertThat(VerificationKeys.read(List.of(publicFile, madePublic)).verify(message, key.sign(message)))
                .contains(key.keyId());
    }

    @Test
    void shouldMakeKeysThatCanBeReadAgain() throws IOException {
        Path made = folder.resolve("made");
        Path madePublic = folder.resolve("made.pem");
        SigningKey key = SigningKey.create(made);
        key.publish(madePublic);

        SigningKey read = SigningKey.read(made);
        assertThat(read.secret()).isEqualTo(key.secret());
        assertThat(VerificationKeys.read(List.of(madePublic)).keyIds()).containsExactly(read.keyId());
        assertThat(SigningKey.create(folder.resolve("another")).keyId()).isNotEqualTo(key.keyId());
        for (Path file : List.of(made, madePublic)) {
            byte[] before = Files.readAllBytes(file);
            assertThatThrownBy(() -> SigningKey.create(file))
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessage(file + ": is there already, and a key is never overwritten");
            assertThatThrownBy(() -> key.publish(file)).hasMessageContaining("is there already");
            assertThat(file).hasBinaryContent(before);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAKeyFile() {
        assertThatThrownBy(() -> SigningKey.read(publicFile))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(publicFile.toString())
                .hasMessageContaining("has no block '-----BEGIN PRIVATE KEY-----', but '-----BEGIN PUBLIC KEY-----'");
        assertThatThrownBy(() -> VerificationKeys.read(List.of(privateFile)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("BEGIN PUBLIC KEY");
        assertThatThrownBy(() -> SigningKey.read(folder.resolve("absent")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("absent: is not there");
    }

    @Test
    void shouldRefuseAKeyOfAnotherKind() throws Exception {
        Path other = folder.resolve("other");
        run("openssl", "genpkey", "-algorithm", "x25519", "-out", other.toString());
        assertThatThrownBy(() -> SigningKey.read(other))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("no Ed25519 key");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
