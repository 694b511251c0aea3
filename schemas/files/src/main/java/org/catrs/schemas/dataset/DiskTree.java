// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;

/** A folder on disk. */
record DiskTree(Path root) implements FileTree {
    @Override
    public List<String> folders(String folder) {
        return list(folder, Files::isDirectory);
    }

    @Override
    public List<String> files(String folder) {
        return list(folder, Files::isRegularFile);
    }

    private List<String> list(String folder, Predicate<Path> wanted) {
        try (Stream<Path> paths = Files.list(root.resolve(folder))) {
            return paths.filter(wanted)
                    .map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidDataException(
                    describe(folder) + ": needs to be a folder of images, one folder for each class, or a .tar.gz of"
                            + " such a folder; cannot be read: " + e,
                    e);
        }
    }

    @Override
    public byte[] read(String file, int limit) {
        try (InputStream in = Files.newInputStream(root.resolve(file))) {
            return in.readNBytes(limit);
        } catch (IOException e) {
            throw InvalidDataException.unreadable(root.resolve(file), e);
        }
    }

    @Override
    public String describe(String path) {
        return root.resolve(path).toString();
    }
}
