// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.signature.ReleaseSignature;
import org.catrs.schemas.signature.SigningKey;

/** A model's manifest, and the signature of its bytes and of when it was issued: what a release is made of. */
public final class SignedModel {
    private static final long MOST_MANIFEST_BYTES = 1 << 20;
    private static final long MOST_SIGNATURE_BYTES = 1 << 10;

    private final byte[] json;
    private final ReleaseSignature signature;
    private final ModelManifest manifest;

    private SignedModel(byte[] json, ReleaseSignature signature) {
        this.json = json;
        this.signature = signature;
        this.manifest = JsonRecords.read(json, ModelManifest.class);
    }

    /**
     * A model in a store whose signature lies beside its manifest.
     *
     * @param folder of the model, below the store's; empty, or with a slash at its end
     * @throws IOException when one of the two is missing, or the store cannot be reached
     * @throws org.catrs.schemas.InvalidDataException when the manifest or the signature is none
     */
    public static SignedModel read(ModelStore store, String folder) throws IOException {
        byte[] json = read(store, folder + ModelManifest.FILE_NAME, MOST_MANIFEST_BYTES);
        byte[] signature = read(store, folder + ModelManifest.SIGNATURE_FILE_NAME, MOST_SIGNATURE_BYTES);
        return new SignedModel(json, JsonRecords.read(signature, ReleaseSignature.class));
    }

    /**
     * A model in a store that is signed now.
     *
     * @param folder of the model, below the store's; empty, or with a slash at its end
     * @param issued see {@link ReleaseSignature#issued()}
     * @throws IOException when there is no manifest, or the store cannot be reached
     * @throws org.catrs.schemas.InvalidDataException when the manifest is none
     */
    public static SignedModel sign(ModelStore store, String folder, Instant issued, SigningKey key) throws IOException {
        return sign(read(store, folder + ModelManifest.FILE_NAME, MOST_MANIFEST_BYTES), issued, key);
    }

    /**
     * A model that is signed now.
     *
     * @param json the manifest's bytes
     * @param issued see {@link ReleaseSignature#issued()}
     * @throws org.catrs.schemas.InvalidDataException when the manifest is none
     */
    public static SignedModel sign(byte[] json, Instant issued, SigningKey key) {
        return new SignedModel(json.clone(), ReleaseSignature.sign(json, issued, key));
    }

    /** Whether the signature is the one that a key gives. */
    public boolean isSignedBy(SigningKey key) {
        return signature.isBy(key, json);
    }

    /** What the manifest says. */
    public ModelManifest manifest() {
        return manifest;
    }

    /** The manifest's bytes, as they are signed. */
    public byte[] json() {
        return json.clone();
    }

    /** What lies beside the manifest, in {@value ModelManifest#SIGNATURE_FILE_NAME}. */
    public byte[] signatureFile() {
        return JsonRecords.write(signature);
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
                signature.signature(),
                manifest.sigma(),
                manifest.classNames(),
                manifest.inputShape(),
                plan,
                signature.issued());
    }

    private static byte[] read(ModelStore store, String file, long mostBytes) throws IOException {
        try (InputStream in = store.read(file, mostBytes)) {
            return in.readAllBytes();
        }
    }
}
