// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.file.CacheFolder;

/**
 * The trained models that come with catrs. They are resources of this class, and are unpacked to be opened, since what
 * is made of a model, such as its quantised network, is kept in the model's folder.
 */
public final class ShippedModels {
    /** Their names, in order. */
    public static final List<String> NAMES = List.of("mnist-0.25", "mnist-0.50", "mnist-1.00");

    private static final List<String> FILES = List.of(
            ModelManifest.ONNX_FILE_NAME, ModelManifest.FILE_NAME, CalibrationImages.FILE_NAME, "PROVENANCE.md");

    /** This many hex digits of a hash over its files are in the name of a model's folder. */
    private static final int HASH_LENGTH = 12;

    private static final ShippedModels OF_THIS_PROCESS = new ShippedModels(CacheFolder.ofThisProcess());

    private final CacheFolder cache;

    /** @param cache where they are unpacked */
    public ShippedModels(CacheFolder cache) {
        this.cache = cache;
    }

    /** Those that are unpacked where this process's environment says. */
    public static ShippedModels ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /**
     * The folder of the model of a name, with the files that catrs came with; empty where there is none of the name.
     *
     * @throws UncheckedIOException when it cannot be unpacked
     */
    public Optional<Path> find(String name) {
        return NAMES.contains(name) ? Optional.of(unpack(name)) : Optional.empty();
    }

    /** Versions of catrs with different files under one name have different folders. */
    private Path unpack(String name) {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        FILES.forEach(file -> contents.put(file, read(name, file)));
        String hash = Sha256.of(contents.entrySet().stream()
                        .map(file -> file.getKey() + " " + Sha256.of(file.getValue()) + "\n")
                        .collect(Collectors.joining())
                        .getBytes(StandardCharsets.UTF_8))
                .substring(0, HASH_LENGTH);
        return cache.holding("models/" + name + "-" + hash, contents);
    }

    private static byte[] read(String name, String file) {
        String resource = "shipped/" + name + "/" + file;
        try (InputStream stream = ShippedModels.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("catrs was built without " + resource);
            }
            return stream.readAllBytes();
        } catch (IOException exception) {
            throw new UncheckedIOException("the resource " + resource + " cannot be read", exception);
        }
    }
}
