// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.store.ModelStore;

/**
 * Brings a model folder to the store, at NAME/VERSION/. The version is a hash of the weights, so that whoever trains the
 * same model again writes the same files; what is there whole is left as it is, because it may be released already.
 */
final class ModelUpload {
    private static final long MOST_MANIFEST_BYTES = 1 << 20;
    private static final long SIGNATURE_BYTES = 64;

    /** The papers' protocol, until the image, the certifier or another release says otherwise. */
    private static final ModelRelease.Plan PLAN = new ModelRelease.Plan("fixed", 100, 100_000, 0.001);

    private final ModelStore store;
    private final SigningKey key;

    ModelUpload(ModelStore store, SigningKey key) {
        this.store = store;
        this.key = key;
    }

    /**
     * Uploads a model.
     *
     * @param folder holds the ONNX file, the calibration images and the manifest
     * @return the release of what is in the store now
     */
    ModelRelease upload(Path folder) throws IOException {
        byte[] written = Files.readAllBytes(folder.resolve(ModelManifest.FILE_NAME));
        ModelManifest manifest = JsonRecords.read(written, ModelManifest.class);
        String target = manifest.name() + "/" + manifest.version() + "/";
        Optional<byte[]> stored = whole(target, manifest.sha256());
        byte[] signed = stored.orElse(written);
        byte[] signature = key.sign(signed);
        if (stored.isEmpty()) {
            for (String file : List.of(ModelManifest.ONNX_FILE_NAME, CalibrationImages.FILE_NAME)) {
                store.write(target + file, folder.resolve(file));
            }
            store.write(target + ModelManifest.SIGNATURE_FILE_NAME, signature);
            store.write(target + ModelManifest.FILE_NAME, signed);
        }
        return new ModelRelease(
                manifest.name(),
                manifest.version(),
                store.uri(target).toString(),
                manifest.sha256(),
                Base64.getEncoder().encodeToString(signature),
                manifest.sigma(),
                manifest.classNames(),
                manifest.inputShape(),
                PLAN);
    }

    /** The stored manifest, when it is of this network and signed by this key; it is written last, so all else is there. */
    private Optional<byte[]> whole(String target, String sha256) throws IOException {
        try {
            byte[] manifest = read(target + ModelManifest.FILE_NAME, MOST_MANIFEST_BYTES);
            byte[] signature = read(target + ModelManifest.SIGNATURE_FILE_NAME, SIGNATURE_BYTES);
            boolean same =
                    JsonRecords.read(manifest, ModelManifest.class).sha256().equals(sha256);
            return same && Arrays.equals(signature, key.sign(manifest)) ? Optional.of(manifest) : Optional.empty();
        } catch (NoSuchFileException | InvalidDataException notWhole) {
            return Optional.empty();
        }
    }

    private byte[] read(String path, long mostBytes) throws IOException {
        try (InputStream in = store.read(path, mostBytes)) {
            return in.readAllBytes();
        }
    }
}
