// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.engine;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.Callable;
import org.catrs.schemas.InvalidDataException;

/**
 * Lets DJL take PyTorch's libraries for CUDA: those in the folder that PYTORCH_LIBRARY_PATH names, or those that it has
 * fetched, or fetches, into its cache.
 */
final class CudaNatives {
    static final String PATH = "PYTORCH_LIBRARY_PATH";

    /** The one build for CUDA that this version of DJL has its own part for. */
    private static final String FLAVOR = "cu128";

    private CudaNatives() {}

    /**
     * Loads.
     *
     * @param load what makes DJL load its libraries
     * @throws InvalidDataException when the folder that is named does not hold them
     */
    static <T> T load(Callable<T> load) throws Exception {
        String path = System.getenv(PATH);
        if (path != null) {
            requireLibrary(path);
        }
        setUnlessGiven("PYTORCH_FLAVOR", FLAVOR);
        setUnlessGiven("ai.djl.offline", "false");
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(new WithoutBundledNatives(usual));
        try {
            return load.call();
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    /** @throws InvalidDataException when no folder of the path holds PyTorch's library */
    static void requireLibrary(String path) {
        String library = System.mapLibraryName("torch");
        boolean found = Arrays.stream(path.split(File.pathSeparator, -1))
                .map(Path::of)
                .anyMatch(folder -> Files.isRegularFile(folder.resolve(library)));
        if (!found) {
            throw new InvalidDataException(PATH + " needs to name the folder of PyTorch's libraries for CUDA, lib in"
                    + " libtorch's archive; there is no " + library + " in " + path);
        }
    }

    private static void setUnlessGiven(String name, String value) {
        if (System.getenv(name) == null && System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }

    /** Hides the libraries for CPUs that are on the class path: DJL would take them also where there is a GPU. */
    private static final class WithoutBundledNatives extends ClassLoader {
        WithoutBundledNatives(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals("native/lib/pytorch.properties")
                    ? Collections.emptyEnumeration()
                    : super.getResources(name);
        }
    }
}
