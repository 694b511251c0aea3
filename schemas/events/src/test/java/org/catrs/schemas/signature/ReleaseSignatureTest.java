// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleaseSignatureTest {
    private static final byte[] MANIFEST = "{\"name\": \"digits\"}".getBytes(UTF_8);
    private static final Instant ISSUED = Instant.parse("2026-11-30T12:00:00.123Z");

    // Python: import base64, hashlib; from cryptography.hazmat.primitives.serialization import load_pem_private_key
    // text = "catrs release\n1796040000123\n" + hashlib.sha256(b'{"name": "digits"}').hexdigest()
    // base64.b64encode(load_pem_private_key(SignatureTest.PRIVATE, None).sign(text.encode()))
    private static final String SIGNATURE =
            "l4DmYEcrrf+xCw9PRoVQSQwFLUnO4twsnsTjW+CoKTgxkRBOO0Rlz19wtDiJH1XsIyjsz8Mc0yJjmnCKuEX5Dg==";

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
    void shouldSignManifestAndMoment() {
        ReleaseSignature signed = ReleaseSignature.sign(MANIFEST, ISSUED, key);
        assertThat(signed).isEqualTo(new ReleaseSignature(1_796_040_000_123L, SIGNATURE));
        assertThat(signed.signer(MANIFEST, keys)).contains(key.keyId());
        assertThat(signed.isBy(key, MANIFEST)).isTrue();
    }

    @Test
    void shouldHoldForNoOtherMomentAndNoOtherManifest() {
        ReleaseSignature later = new ReleaseSignature(ISSUED.toEpochMilli() + 1, SIGNATURE);
        assertThat(later.signer(MANIFEST, keys)).isEmpty();
        assertThat(later.isBy(key, MANIFEST)).isFalse();
        ReleaseSignature signed = new ReleaseSignature(ISSUED.toEpochMilli(), SIGNATURE);
        assertThat(signed.signer("{}".getBytes(UTF_8), keys)).isEmpty();
        assertThat(signed.signer(MANIFEST, VerificationKeys.none())).isEmpty();
    }

    @Test
    void shouldNotTakeTheSignatureOfTheManifestAlone() {
        String alone = Base64.getEncoder().encodeToString(key.sign(MANIFEST));
        assertThat(new ReleaseSignature(ISSUED.toEpochMilli(), alone).signer(MANIFEST, keys))
                .isEmpty();
    }

    @Test
    void shouldTakeNoOtherFormOfTheSameBytes() {
        String unpadded = SIGNATURE.replace("=", "");
        assertThat(new ReleaseSignature(ISSUED.toEpochMilli(), unpadded).signer(MANIFEST, keys))
                .isEmpty();
        assertThat(new ReleaseSignature(ISSUED.toEpochMilli(), "?").signer(MANIFEST, keys))
                .isEmpty();
    }
}
