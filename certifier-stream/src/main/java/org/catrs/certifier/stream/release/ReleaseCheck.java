// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.Set;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.signature.ReleaseSignature;
import org.catrs.schemas.signature.VerificationKeys;
import org.catrs.schemas.store.ModelStore;
import org.catrs.schemas.store.ModelStores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a released model to this machine, and makes sure that it is what somebody with a known key released: the
 * signature is the manifest's and of when it was issued, nothing newer was served and nothing is revoked, the manifest
 * names the network's hash, and the network is looked through before the engine sees it. What is in the cache is not fetched again, but checked in the same way.
 */
final class ReleaseCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseCheck.class);
    private static final long MOST_MANIFEST_BYTES = 1 << 20;

    private final AllowedLocations locations;
    private final VerificationKeys keys;
    private final AllowedReleases allowed;
    private final ModelStores stores;
    private final Fetches fetches;
    private final ModelCache cache;
    private final long mostBytes;

    /** @param mostBytes how large a network may be */
    ReleaseCheck(
            AllowedLocations locations,
            VerificationKeys keys,
            AllowedReleases allowed,
            ModelStores stores,
            Fetches fetches,
            ModelCache cache,
            long mostBytes) {
        this.locations = locations;
        this.keys = keys;
        this.allowed = allowed;
        this.stores = stores;
        this.fetches = fetches;
        this.cache = cache;
        this.mostBytes = mostBytes;
    }

    /**
     * Fetches and checks a model.
     *
     * @throws RefusedReleaseException when it must not be served
     */
    CheckedModel check(ModelRelease release) {
        URI folder = locations.require(release.location());
        ReleaseSignature signature = signature(release);
        try {
            ModelManifest manifest = manifest(folder, manifestName(release), signature);
            requireAgreement(release, manifest);
            allowed.require(release);
            byte[] onnx = network(folder, networkName(release), manifest.sha256());
            NetworkCheck.check(onnx, manifest, folder + ModelManifest.ONNX_FILE_NAME, mostBytes);
            return new CheckedModel(folder, manifest, onnx);
        } catch (NoSuchFileException e) {
            throw new RefusedReleaseException(RefusalReason.NOT_FOUND, "there is no file " + e.getMessage(), e);
        } catch (UnusableCacheException e) {
            throw new RefusedReleaseException(RefusalReason.CACHE_UNUSABLE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new RefusedReleaseException(RefusalReason.STORE_UNREACHABLE, folder + " cannot be read now: " + e, e);
        }
    }

    /** Names of a release's files in the cache. */
    static Set<String> cachedFiles(ModelRelease release) {
        return Set.of(manifestName(release), networkName(release));
    }

    private static String manifestName(ModelRelease release) {
        return Sha256.of(String.valueOf(release.signature()).getBytes(StandardCharsets.UTF_8)) + ".json";
    }

    private static String networkName(ModelRelease release) {
        return release.sha256() + ".onnx";
    }

    private static ReleaseSignature signature(ModelRelease release) {
        String text = release.signature();
        Long issued = release.issued();
        if (text == null) {
            throw new RefusedReleaseException(
                    RefusalReason.WRONG_SIGNATURE, "the release has no signature, and only signed ones are served");
        }
        if (issued == null) {
            throw new RefusedReleaseException(
                    RefusalReason.WRONG_SIGNATURE,
                    "the release does not say when it was issued, as those of earlier versions do not;"
                            + " 'models release FOLDER --key F' issues it anew");
        }
        return new ReleaseSignature(issued, text);
    }

    private ModelManifest manifest(URI folder, String cachedName, ReleaseSignature signature) throws IOException {
        Optional<byte[]> cached = cache.read(cachedName);
        if (cached.isPresent() && signature.signer(cached.get(), keys).isPresent()) {
            return parse(cached.get());
        }
        byte[] fetched = fetchManifest(folder);
        if (signature.signer(fetched, keys).isEmpty()) {
            throw new RefusedReleaseException(
                    RefusalReason.WRONG_SIGNATURE,
                    "the signature of " + folder + ModelManifest.FILE_NAME + " was made by none of the keys "
                            + keys.keyIds() + ", or for another manifest or another time of issue");
        }
        ModelManifest manifest = parse(fetched);
        cache.write(cachedName, new ByteArrayInputStream(fetched), Sha256.of(fetched));
        return manifest;
    }

    private byte[] fetchManifest(URI folder) throws IOException {
        try {
            return fetch(folder, ModelManifest.FILE_NAME, MOST_MANIFEST_BYTES, InputStream::readAllBytes);
        } catch (InvalidDataException e) {
            throw new RefusedReleaseException(RefusalReason.TOO_LARGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static ModelManifest parse(byte[] manifest) {
        try {
            return JsonRecords.read(manifest, ModelManifest.class);
        } catch (InvalidDataException e) {
            throw new RefusedReleaseException(
                    RefusalReason.WRONG_MANIFEST, ModelManifest.FILE_NAME + ": " + e.getMessage(), e);
        }
    }

    /** The rest of a release is not signed, so it may say nothing that the manifest does not. */
    private static void requireAgreement(ModelRelease release, ModelManifest manifest) {
        requireEqual("name", release.name(), manifest.name());
        requireEqual("version", release.version(), manifest.version());
        requireEqual("sha256", release.sha256(), manifest.sha256());
        requireEqual("sigma", release.sigma(), manifest.sigma());
        requireEqual("classNames", release.classNames(), manifest.classNames());
        requireEqual("inputShape", release.inputShape(), manifest.inputShape());
    }

    private static void requireEqual(String field, Object released, Object signed) {
        if (!released.equals(signed)) {
            throw new RefusedReleaseException(
                    RefusalReason.WRONG_MANIFEST,
                    "the release says that " + field + " is " + released + ", but the signed manifest says " + signed);
        }
    }

    private byte[] network(URI folder, String cachedName, String sha256) throws IOException {
        Optional<byte[]> cached = cache.read(cachedName);
        if (cached.isPresent()) {
            if (Sha256.of(cached.get()).equals(sha256)) {
                return cached.get();
            }
            LOG.warn("the cache's {} is damaged, and fetched again", cachedName);
            cache.delete(cachedName);
        }
        String fetched = fetchNetwork(folder, cachedName, sha256);
        if (!fetched.equals(sha256)) {
            throw new RefusedReleaseException(
                    RefusalReason.WRONG_HASH,
                    folder + ModelManifest.ONNX_FILE_NAME + " has SHA-256 " + fetched
                            + ", but the signed manifest says " + sha256);
        }
        byte[] kept = cache.read(cachedName).orElseThrow(() -> new IOException(cachedName + " left the cache"));
        if (!Sha256.of(kept).equals(sha256)) {
            throw new IOException("the cache did not keep " + cachedName + " as it was fetched");
        }
        return kept;
    }

    private String fetchNetwork(URI folder, String cachedName, String sha256) throws IOException {
        try {
            return fetch(folder, ModelManifest.ONNX_FILE_NAME, mostBytes, in -> cache.write(cachedName, in, sha256));
        } catch (InvalidDataException e) {
            throw new RefusedReleaseException(RefusalReason.TOO_LARGE, String.valueOf(e.getMessage()), e);
        }
    }

    private <T> T fetch(URI folder, String file, long most, Reader<T> reader) throws IOException {
        return fetches.fetch(folder.resolve(file), watched -> {
            locations.requireReal(folder.resolve(file));
            try (InputStream in = store(folder).read(file, most)) {
                return reader.read(watched.apply(in));
            }
        });
    }

    private ModelStore store(URI folder) {
        try {
            return stores.at(folder);
        } catch (InvalidDataException e) {
            throw new RefusedReleaseException(RefusalReason.LOCATION_NOT_ALLOWED, String.valueOf(e.getMessage()), e);
        }
    }

    /** What is made of a file's content. */
    private interface Reader<T> {
        T read(InputStream in) throws IOException;
    }
}
