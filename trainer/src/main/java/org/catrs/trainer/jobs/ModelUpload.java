// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.store.ModelStore;
import org.catrs.schemas.store.SignedModel;

/**
 * Brings a model folder to the store, at NAME/VERSION/. The version is a hash of the weights, so that whoever trains the
 * same model again writes the same files; what is there whole is left as it is, because it may be released already. So it
 * keeps the moment at which it was first issued, and whoever may order models cannot bring an old one back.
 */
final class ModelUpload {
    /** The papers' protocol, until the image, the certifier or another release says otherwise. */
    private static final ModelRelease.Plan PLAN = new ModelRelease.Plan("fixed", 100, 100_000, 0.001);

    private final ModelStore store;
    private final SigningKey key;
    private final Clock clock;

    /** @param clock says when a release is issued */
    ModelUpload(ModelStore store, SigningKey key, Clock clock) {
        this.store = store;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Uploads a model.
     *
     * @param folder holds the ONNX file, the calibration images and the manifest
     * @return the release of what is in the store now
     */
    ModelRelease upload(Path folder) throws IOException {
        byte[] json = Files.readAllBytes(folder.resolve(ModelManifest.FILE_NAME));
        SignedModel trained = SignedModel.sign(json, clock.instant(), key);
        ModelManifest manifest = trained.manifest();
        String target = manifest.name() + "/" + manifest.version() + "/";
        Optional<SignedModel> stored = whole(target, manifest.sha256());
        if (stored.isEmpty()) {
            for (String file : List.of(ModelManifest.ONNX_FILE_NAME, CalibrationImages.FILE_NAME)) {
                store.write(target + file, folder.resolve(file));
            }
            store.write(target + ModelManifest.SIGNATURE_FILE_NAME, trained.signatureFile());
            store.write(target + ModelManifest.FILE_NAME, trained.json());
        }
        return stored.orElse(trained).release(store.uri(target), PLAN);
    }

    /** The stored model, when it is of this network and signed by this key; its manifest is written last, so all else is there. */
    private Optional<SignedModel> whole(String target, String sha256) throws IOException {
        try {
            SignedModel stored = SignedModel.read(store, target);
            boolean same = stored.manifest().sha256().equals(sha256);
            return same && stored.isSignedBy(key) ? Optional.of(stored) : Optional.empty();
        } catch (NoSuchFileException | InvalidDataException notWhole) {
            return Optional.empty();
        }
    }
}
