// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.store.ModelStore;
import org.catrs.schemas.store.ModelStores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelUploadTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    // The key of RFC 8032, section 7.1, TEST 2, in the form of RFC 8410.
    private static final String KEY = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIEzNCJso/5banbbDRuwRTg9bijGfNaumJNqM9u1PuKb7
            -----END PRIVATE KEY-----
            """;

    private static final Instant FIRST = Instant.parse("2026-11-30T12:00:00Z");

    @TempDir
    private Path work;

    private Path folder;
    private Path stored;
    private ModelUpload upload;

    @BeforeEach
    void train() throws IOException {
        folder = Files.createDirectories(work.resolve("trained"));
        stored = work.resolve("store/digits/1");
        Files.writeString(folder.resolve(ModelManifest.ONNX_FILE_NAME), "a network");
        Files.writeString(folder.resolve(CalibrationImages.FILE_NAME), "images");
        writeManifest(0.43);
        Files.writeString(work.resolve("key"), KEY);
        upload = upload(FIRST);
    }

    @Test
    void shouldBringAllFilesToTheStoreAndReleaseThem() throws IOException {
        ModelRelease release = upload.upload(folder);
        assertThat(release.location()).isEqualTo(stored.toUri().toString());
        assertThat(release.sha256()).isEqualTo(SHA256);
        assertThat(stored.resolve(ModelManifest.ONNX_FILE_NAME)).hasContent("a network");
        assertThat(stored.resolve(CalibrationImages.FILE_NAME)).hasContent("images");
        assertThat(stored.resolve(ModelManifest.FILE_NAME))
                .hasSameBinaryContentAs(folder.resolve(ModelManifest.FILE_NAME));
        assertThat(stored.resolve(ModelManifest.SIGNATURE_FILE_NAME)).exists();
    }

    @Test
    void shouldLeaveAndReleaseWhatIsThereWhole() throws IOException {
        ModelRelease first = upload.upload(folder);
        byte[] manifest = Files.readAllBytes(stored.resolve(ModelManifest.FILE_NAME));
        writeManifest(0.44);
        assertThat(first.issued()).isEqualTo(FIRST.toEpochMilli());
        assertThat(upload(FIRST.plusSeconds(60)).upload(folder))
                .as("a job that is ordered again brings back nothing that was replaced since")
                .isEqualTo(first);
        assertThat(stored.resolve(ModelManifest.FILE_NAME)).hasBinaryContent(manifest);
    }

    @Test
    void shouldReplaceWhatIsNotWholeOrSignedByAnother() throws IOException {
        ModelRelease first = upload.upload(folder);
        Files.delete(stored.resolve(ModelManifest.FILE_NAME));
        assertThat(upload.upload(folder)).isEqualTo(first);
        assertThat(stored.resolve(ModelManifest.FILE_NAME)).exists();

        Files.write(stored.resolve(ModelManifest.SIGNATURE_FILE_NAME), new byte[64]);
        Files.write(stored.resolve(ModelManifest.ONNX_FILE_NAME), "another".getBytes(UTF_8));
        assertThat(upload.upload(folder)).isEqualTo(first);
        assertThat(stored.resolve(ModelManifest.ONNX_FILE_NAME)).hasContent("a network");
    }

    private ModelUpload upload(Instant now) {
        ModelStore store = new ModelStores().at(work.resolve("store").toUri());
        return new ModelUpload(store, SigningKey.read(work.resolve("key")), Clock.fixed(now, ZoneOffset.UTC));
    }

    /** @param epochs of the training, which two of the same weights may differ in */
    private void writeManifest(double epochs) {
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
                        epochs,
                        7,
                        Map.of(),
                        new ModelManifest.ExportParity(256, 1.5e-6, 1))
                .write(folder.resolve(ModelManifest.FILE_NAME));
    }
}
