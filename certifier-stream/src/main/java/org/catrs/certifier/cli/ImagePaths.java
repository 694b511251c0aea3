// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.FolderImages;
import org.jspecify.annotations.Nullable;

/** The image files that a command line names: files, folders of them, and lists of both. */
final class ImagePaths {
    private static final Path STANDARD_INPUT = Path.of("-");

    private ImagePaths() {}

    /**
     * All files, in the order of their naming.
     *
     * @param list file with a path on each line, or {@code -} for standard input; null for none
     * @throws InvalidDataException when a folder or the list cannot be read, or a folder holds no image
     */
    static List<Path> of(List<Path> named, @Nullable Path list) {
        List<Path> paths = new ArrayList<>(named);
        if (list != null) {
            paths.addAll(listed(list));
        }
        return paths.stream()
                .flatMap(path -> Files.isDirectory(path) ? inside(path).stream() : List.of(path).stream())
                .toList();
    }

    private static List<Path> inside(Path folder) {
        FolderImages images = new FolderImages(folder);
        return IntStream.range(0, images.size())
                .mapToObj(index -> folder.resolve(images.get(index).key()))
                .toList();
    }

    private static List<Path> listed(Path list) {
        try (BufferedReader lines = list.equals(STANDARD_INPUT)
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(list)) {
            return lines.lines().filter(line -> !line.isBlank()).map(Path::of).toList();
        } catch (IOException e) {
            throw InvalidDataException.unreadable(list, e);
        }
    }
}
