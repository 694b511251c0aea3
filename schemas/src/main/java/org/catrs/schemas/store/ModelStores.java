// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;

/** Opens stores by their URI. */
public final class ModelStores implements AutoCloseable {
    /**
     * The store that is a folder.
     *
     * @param folder such as {@code file:///models/}; with or without a slash at its end
     * @throws InvalidDataException when it names no folder in a form that is known here
     */
    public ModelStore at(URI folder) {
        if ("file".equals(folder.getScheme())) {
            return new FileStore(path(folder));
        }
        throw new InvalidDataException(folder + ": is no place for models; file:///FOLDER/ is needed");
    }

    /** Closes connections; stores that were opened here cannot be used any more. */
    @Override
    public void close() {}

    private static Path path(URI folder) {
        try {
            return Path.of(folder);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new InvalidDataException(folder + ": is no folder of this machine: " + e.getMessage(), e);
        }
    }
}
