// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.signature.ReleaseSignature;
import org.catrs.schemas.signature.SigningKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedModelTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final Instant ISSUED = Instant.parse("2026-11-30T12:00:00.123Z");
    private static final ModelRelease.Plan PLAN = new ModelRelease.Plan("fixed", 100, 1_000, 0.001);

    // The key of RFC 8032, section 7.1, TEST 2, in the form of RFC 8410.
    private static final String KEY = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7
            -----END PRIVATE KEY-----
            """;

    @TempDir
    private Path work;

    private ModelStore store;
    private SigningKey key;

    @BeforeEach
    void storeAManifest() throws IOException {
        key = SigningKey.read(Files.writeString(work.resolve("key"), KEY));
        Path folder = Files.createDirectories(work.resolve("store/digits/1"));
        new ModelManifest(
                        "digits",
                        "1",
                        SHA256,
                        new ImageShape(1, 28, 28),
                        List.of("0", "1"),
                        0.5,
                        "lenet",
                        "cat-rs",
                        Map.of(),
                        new ModelManifest.DatasetReference("digits/train", SHA256, 60_000),
                        0.43,
                        7,
                        Map.of(),
                        new ModelManifest.ExportParity(256, 1.5e-6, 1))
                .write(folder.resolve(ModelManifest.FILE_NAME));
        store = new ModelStores().at(work.resolve("store").toUri());
    }

    @Test
    void shouldBeReleasedWithWhatItsManifestSays() throws IOException {
        SignedModel model = SignedModel.sign(store, "digits/1/", ISSUED, key);
        String signature = ReleaseSignature.sign(manifest(), ISSUED, key).signature();
        assertThat(model.release(URI.create("s3://models/digits/1/"), PLAN))
                .isEqualTo(new ModelRelease(
                        "digits",
                        "1",
                        "s3://models/digits/1/",
                        SHA256,
                        signature,
                        0.5,
                        List.of("0", "1"),
                        new ImageShape(1, 28, 28),
                        PLAN,
                        ISSUED.toEpochMilli()));
    }

    @Test
    void shouldTakeTheSignatureThatLiesBesideIt() throws IOException {
        SignedModel signed = SignedModel.sign(manifest(), ISSUED, key);
        store.write("digits/1/" + ModelManifest.SIGNATURE_FILE_NAME, signed.signatureFile());
        SignedModel model = SignedModel.read(store, "digits/1/");
        assertThat(model.json()).isEqualTo(manifest());
        assertThat(model.isSignedBy(key)).isTrue();
        URI folder = URI.create("s3://models/digits/1/");
        assertThat(model.release(folder, PLAN)).isEqualTo(signed.release(folder, PLAN));
    }

    @Test
    void shouldSeeThatAnotherManifestWasSigned() throws IOException {
        ReleaseSignature other = ReleaseSignature.sign("another".getBytes(UTF_8), ISSUED, key);
        store.write("digits/1/" + ModelManifest.SIGNATURE_FILE_NAME, JsonRecords.write(other));
        assertThat(SignedModel.read(store, "digits/1/").isSignedBy(key)).isFalse();
    }

    @Test
    void shouldNotBeThereWithoutASignatureOrAManifest() {
        assertThatThrownBy(() -> SignedModel.read(store, "digits/1/")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> SignedModel.sign(store, "digits/2/", ISSUED, key))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> SignedModel.sign("{}".getBytes(UTF_8), ISSUED, key))
                .isInstanceOf(InvalidDataException.class);
    }

    private byte[] manifest() throws IOException {
        return Files.readAllBytes(work.resolve("store/digits/1").resolve(ModelManifest.FILE_NAME));
    }
}
