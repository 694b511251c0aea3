// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Writes archives for tests. */
final class Archives {
    private Archives() {}

    /** Packs files of a folder, named by their path in it. */
    static void write(Path archive, Path folder, String... files) throws IOException {
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            for (String file : files) {
                tar.putArchiveEntry(new TarArchiveEntry(folder.resolve(file), "./" + file));
                Files.copy(folder.resolve(file), tar);
                tar.closeArchiveEntry();
            }
        }
    }
}
