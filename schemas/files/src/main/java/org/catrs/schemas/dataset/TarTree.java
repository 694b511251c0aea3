// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.catrs.schemas.InvalidDataException;

/** The files of a {@code .tar.gz} archive, held in memory as they are stored. */
final class TarTree implements FileTree {
    private final Path archive;
    private final SortedMap<String, byte[]> contents;

    private TarTree(Path archive, SortedMap<String, byte[]> contents) {
        this.archive = archive;
        this.contents = contents;
    }

    /** Whether a path is a file that is named as such an archive is. */
    static boolean isArchive(Path path) {
        String name = path.toString();
        return Files.isRegularFile(path) && (name.endsWith(".tar.gz") || name.endsWith(".tgz"));
    }

    /**
     * Reads an archive. A single folder that all files are in is taken for the root.
     *
     * @param wanted which files, by their name without folders
     * @throws InvalidDataException when it is damaged, or no such archive
     */
    static TarTree read(Path archive, Predicate<String> wanted) {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file, 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                List<String> path = Arrays.stream(entry.getName().split("/", -1))
                        .filter(part -> !part.isEmpty() && !part.equals("."))
                        .toList();
                boolean hidden = path.stream().anyMatch(part -> part.startsWith("."));
                if (entry.isFile() && !hidden && wanted.test(path.get(path.size() - 1))) {
                    contents.put(String.join("/", path), tar.readAllBytes());
                }
            }
        } catch (IOException e) {
            throw new InvalidDataException(
                    archive + ": needs to be a whole .tar.gz archive; cannot be read: " + e.getMessage()
                            + "; fetch it again",
                    e);
        }
        return new TarTree(archive, withoutCommonFolder(contents));
    }

    private static SortedMap<String, byte[]> withoutCommonFolder(SortedMap<String, byte[]> contents) {
        List<String> tops = contents.keySet().stream()
                .map(path -> path.replaceFirst("/.*", ""))
                .distinct()
                .toList();
        if (tops.size() != 1 || contents.containsKey(tops.get(0)) || isSplit(tops.get(0))) {
            return contents;
        }
        int prefix = tops.get(0).length() + 1;
        return contents.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().substring(prefix), Map.Entry::getValue, (a, b) -> a, TreeMap::new));
    }

    private static boolean isSplit(String name) {
        return Arrays.stream(Split.values()).anyMatch(split -> split.toString().equals(name));
    }

    @Override
    public List<String> folders(String folder) {
        return names(folder, true);
    }

    @Override
    public List<String> files(String folder) {
        return names(folder, false);
    }

    private List<String> names(String folder, boolean folders) {
        String prefix = FileTree.join(folder, "");
        TreeSet<String> names = new TreeSet<>();
        for (String path : contents.tailMap(prefix).keySet()) {
            if (!path.startsWith(prefix)) {
                break;
            }
            String rest = path.substring(prefix.length());
            int slash = rest.indexOf('/');
            if (folders == slash >= 0) {
                names.add(slash >= 0 ? rest.substring(0, slash) : rest);
            }
        }
        return List.copyOf(names);
    }

    @Override
    public byte[] read(String file, int limit) {
        byte[] content = contents.get(file);
        if (content == null) {
            throw new InvalidDataException(describe(file) + ": there is no such file in the archive");
        }
        return Arrays.copyOf(content, Math.min(content.length, limit));
    }

    @Override
    public String describe(String path) {
        return path.isEmpty() ? archive.toString() : archive + ": " + path;
    }
}
