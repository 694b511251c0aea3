// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;

/**
 * A folder of files that many machines can reach: {@code file:///models/} or {@code s3://bucket/models/}. Files are
 * addressed by their path below it, names separated by slashes; a name has letters, digits, points, hyphens and
 * underscores, and does not begin with a point. A reader finds a file's old content or its new, and nothing between; of two who write a file at the same time, one may fail.
 *
 * <p>Each method throws an {@link IOException} when the store cannot be reached, which may pass, and a {@link
 * org.catrs.schemas.InvalidDataException} when the path is not of that form.
 */
public interface ModelStore {
    /** The URI of a file or, when the path ends with a slash, of a folder. */
    URI uri(String path);

    /**
     * Opens a file.
     *
     * @param mostBytes how many bytes it may have
     * @return its content; reading throws an {@link org.catrs.schemas.InvalidDataException} past that many bytes
     * @throws java.nio.file.NoSuchFileException when there is none
     * @throws org.catrs.schemas.InvalidDataException when the store says that it is larger
     */
    InputStream read(String path, long mostBytes) throws IOException;

    /** Writes a file, or replaces it. */
    void write(String path, Path content) throws IOException;

    /** Writes a file, or replaces it. */
    void write(String path, byte[] content) throws IOException;

    /** Deletes a file; does nothing when there is none. */
    void delete(String path) throws IOException;
}
