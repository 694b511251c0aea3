// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.util.List;

/** Folders and files under a root, on disk or in an archive; names that begin with a dot are passed over. */
sealed interface FileTree permits DiskTree, TarTree {
    /** The root's own folder. */
    String ROOT = "";

    /**
     * Names of the folders in a folder, sorted.
     *
     * @param folder path from the root, with slashes
     * @throws org.catrs.schemas.InvalidDataException when it cannot be read
     */
    List<String> folders(String folder);

    /**
     * Names of the files in a folder, sorted.
     *
     * @param folder path from the root, with slashes
     * @throws org.catrs.schemas.InvalidDataException when it cannot be read
     */
    List<String> files(String folder);

    /**
     * Bytes of a file.
     *
     * @param file path from the root, with slashes
     * @param limit how many bytes to read at most
     * @throws org.catrs.schemas.InvalidDataException when it cannot be read
     */
    byte[] read(String file, int limit);

    /** What messages call a path from the root. */
    String describe(String path);

    /** Path of something in a folder. */
    static String join(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }
}
