// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/** Where ONNX Runtime's libraries are loaded from. */
public final class NativeLibraries {
    /** ONNX Runtime's own system property; it ignores a folder without its libraries silently. */
    private static final String PROPERTY = "onnxruntime.native.path";

    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private static @Nullable Path inUse;
    private static boolean decided;

    private NativeLibraries() {}

    /**
     * Loads the libraries of a folder, or leaves the class path's in place.
     *
     * @throws InvalidDataException when the folder has none, or others are loaded already
     */
    public static synchronized void use(@Nullable Path folder) {
        Path asked = folder == null ? given() : folder.toAbsolutePath().normalize();
        if (asked != null) {
            requireLibraries(asked);
        }
        if (!decided) {
            if (asked != null) {
                System.setProperty(PROPERTY, asked.toString());
            }
            inUse = asked;
            decided = true;
        } else if (asked != null && !asked.equals(inUse)) {
            throw new InvalidDataException("ONNX Runtime is loaded already from "
                    + (inUse == null ? "the class path" : inUse) + ", and cannot be loaded again from " + asked);
        }
    }

    private static @Nullable Path given() {
        String path = System.getProperty(PROPERTY);
        return path == null ? null : Path.of(path).toAbsolutePath().normalize();
    }

    private static void requireLibraries(Path folder) {
        for (String library : LIBRARIES) {
            Path file = folder.resolve(System.mapLibraryName(library));
            if (!Files.isRegularFile(file)) {
                throw new InvalidDataException("there is no " + file + "; needed is a folder with the libraries of ONNX"
                        + " Runtime for Java, such as ai/onnxruntime/native/linux-x64 of an onnxruntime or"
                        + " onnxruntime_gpu jar, unpacked");
            }
        }
    }
}
