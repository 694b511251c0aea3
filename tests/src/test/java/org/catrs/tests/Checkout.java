// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests;

import java.nio.file.Files;
import java.nio.file.Path;

/** The checkout that is tested. */
public final class Checkout {
    /** The folder with the root pom.xml. */
    public static final Path ROOT = find(Path.of("").toAbsolutePath());

    private Checkout() {}

    private static Path find(Path folder) {
        return Files.exists(folder.resolve("certifier-stream/pom.xml")) ? folder : find(folder.getParent());
    }
}
