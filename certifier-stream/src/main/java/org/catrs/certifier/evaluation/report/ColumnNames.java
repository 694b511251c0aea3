// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/** What tables and plots call files: by what tells them apart. */
final class ColumnNames {
    private ColumnNames() {}

    /** The files, each once, however it was named. */
    static List<Path> distinct(List<Path> files) {
        List<Path> distinct = new ArrayList<>();
        for (Path file : files) {
            if (distinct.stream().map(ColumnNames::whole).noneMatch(whole(file)::equals)) {
                distinct.add(file);
            }
        }
        return distinct;
    }

    /**
     * A name for each: the end of its path, without what all have in common.
     *
     * @param files no two of which are the same
     */
    static List<String> of(List<Path> files) {
        List<List<String>> paths = files.stream().map(ColumnNames::parts).toList();
        int ends = 0;
        while (files.size() > 1 && sameEnd(paths, ends)) {
            ends++;
        }
        int left = ends;
        List<List<String>> without =
                paths.stream().map(path -> path.subList(0, path.size() - left)).toList();
        int depth = 1;
        while (!areDistinct(named(without, depth))) {
            depth++;
        }
        return named(without, depth);
    }

    private static boolean sameEnd(List<List<String>> paths, int ends) {
        return paths.stream().allMatch(path -> path.size() > ends + 1)
                && paths.stream()
                                .map(path -> path.get(path.size() - 1 - ends))
                                .distinct()
                                .count()
                        == 1;
    }

    private static boolean areDistinct(List<String> names) {
        return Set.copyOf(names).size() == names.size();
    }

    private static List<String> named(List<List<String>> paths, int depth) {
        return paths.stream()
                .map(path -> String.join("/", path.subList(Math.max(0, path.size() - depth), path.size())))
                .toList();
    }

    /** The elements of the whole path, the last one without its extension. */
    private static List<String> parts(Path file) {
        List<String> parts = new ArrayList<>(StreamSupport.stream(whole(file).spliterator(), false)
                .map(Path::toString)
                .toList());
        int last = parts.size() - 1;
        parts.set(last, Report.stripExtension(parts.get(last)));
        return parts;
    }

    private static Path whole(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
