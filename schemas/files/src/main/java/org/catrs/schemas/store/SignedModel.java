// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.signature.SigningKey;

/** A model's manifest, and the signature of its bytes: what a release is made of. */
public final class SignedModel {
    private static final long MOST_MANIFEST_BYTES = 1 << 20;
    private static final int SIGNATURE_BYTES = 64;

    private final byte[] json;
    private final byte[] signature;
    private final ModelManifest manifest;

    private SignedModel(byte[] json, byte[] signature) {
        this.json = json;
        this.signature = signature;
        this.manifest = JsonRecords.read(json, ModelManifest.class);
    }

    /**
     * A model in a store whose signature lies beside its manifest.
     *
     * @param folder of the model, below the store's; empty, or with a slash at its end
     * @throws IOException when one of the two is missing, or the store cannot be reached
     * @throws org.catrs.schemas.InvalidDataException when the manifest is none
     */
    public static SignedModel read(ModelStore store, String folder) throws IOException {
        byte[] json = read(store, folder + ModelManifest.FILE_NAME, MOST_MANIFEST_BYTES);
        byte[] signature = read(store, folder + ModelManifest.SIGNATURE_FILE_NAME, SIGNATURE_BYTES);
        return new SignedModel(json, signature);
    }

    /**
     * A model in a store that is signed now.
     *
     * @param folder of the model, below the store's; empty, or with a slash at its end
     * @throws IOException when there is no manifest, or the store cannot be reached
     * @throws org.catrs.schemas.InvalidDataException when the manifest is none
     */
    public static SignedModel sign(ModelStore store, String folder, SigningKey key) throws IOException {
        return sign(read(store, folder + ModelManifest.FILE_NAME, MOST_MANIFEST_BYTES), key);
    }

    /**
     * A model that is signed now.
     *
     * @param json the manifest's bytes
     * @throws org.catrs.schemas.InvalidDataException when the manifest is none
     */
    public static SignedModel sign(byte[] json, SigningKey key) {
        return new SignedModel(json.clone(), key.sign(json));
    }

    /** Whether the signature is the one that a key gives. */
    public boolean isSignedBy(SigningKey key) {
        return Arrays.equals(signature, key.sign(json));
    }

    /** What the manifest says. */
    public ModelManifest manifest() {
        return manifest;
    }

    /** The manifest's bytes, as they are signed. */
    public byte[] json() {
        return json.clone();
    }

    /** The Ed25519 signature, 64 bytes. */
    public byte[] signature() {
        return signature.clone();
    }

    /**
     * The event that tells certifiers to serve the model.
     *
     * @param folder of the model in its store, with a slash at its end
     * @param plan for images that ask for none
     */
    public ModelRelease release(URI folder, ModelRelease.Plan plan) {
        return new ModelRelease(
                manifest.name(),
                manifest.version(),
                folder.toString(),
                manifest.sha256(),
                Base64.getEncoder().encodeToString(signature),
                manifest.sigma(),
                manifest.classNames(),
                manifest.inputShape(),
                plan);
    }

    private static byte[] read(ModelStore store, String file, long mostBytes) throws IOException {
        try (InputStream in = store.read(file, mostBytes)) {
            return in.readAllBytes();
        }
    }
}
