// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.signature.ReleaseSignature;
import org.catrs.schemas.signature.VerificationKeys;
import org.catrs.tests.command.DigitsFolder;

/** What trainers need beside brokers: a key pair by openssl, a small data set, a store. */
final class TrainerSetup {
    private static final int TRAINING_IMAGES = 256;
    private static final int TEST_IMAGES = 40;

    private final Path work;
    private final Path key;
    private final Path publicKey;
    private final Path data;

    TrainerSetup(Path work) throws IOException, InterruptedException {
        this.work = work;
        key = work.resolve("signing.key");
        publicKey = work.resolve("signing.pem");
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", key.toString());
        run("openssl", "pkey", "-in", key.toString(), "-pubout", "-out", publicKey.toString());
        data = work.resolve("digits");
        DigitsFolder.write(data, Split.TRAIN, TRAINING_IMAGES);
        DigitsFolder.write(data, Split.TEST, TEST_IMAGES);
    }

    Path work() {
        return work;
    }

    Path publicKey() {
        return publicKey;
    }

    Path data() {
        return data;
    }

    /** A folder of this machine for models. */
    URI folderStore() {
        return URI.create("file://" + work.resolve("store") + "/");
    }

    Map<String, String> settings(String bootstrapServers, URI store) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("model.store", store.toString());
        settings.put("model.signing.key", key.toString());
        settings.put("data", data.toString());
        return settings;
    }

    /** Makes sure that a release in a folder is what it says. */
    void requireWhole(ModelRelease release) throws IOException {
        Path folder = Path.of(URI.create(release.location()));
        byte[] manifest = Files.readAllBytes(folder.resolve(ModelManifest.FILE_NAME));
        assertThat(new ReleaseSignature(release.issued(), release.signature())
                        .signer(manifest, VerificationKeys.read(List.of(publicKey))))
                .isPresent();
        ModelManifest read = ModelManifest.read(folder.resolve(ModelManifest.FILE_NAME));
        assertThat(read.version()).isEqualTo(release.version());
        assertThat(read.sha256())
                .isEqualTo(release.sha256())
                .isEqualTo(Sha256.ofFile(folder.resolve(ModelManifest.ONNX_FILE_NAME)));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
