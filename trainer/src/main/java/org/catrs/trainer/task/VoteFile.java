// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.task;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.file.AtomicFiles;

/**
 * Votes on the images of a data set as a tab-separated file, a line for each image in the data set's order. It grows while
 * they are counted, and after a kill its whole lines count.
 */
final class VoteFile {
    private final Path file;
    private final String head;
    private final int classes;

    /**
     * A file, which need not be there.
     *
     * @param facts what decides the votes
     */
    VoteFile(Path file, String facts, int classes) {
        this.file = file;
        this.classes = classes;
        this.head = "# " + facts + "\nimage\t"
                + IntStream.range(0, classes).mapToObj(Integer::toString).collect(Collectors.joining("\t")) + "\n";
    }

    /**
     * The votes that are there; removes a line that is not whole.
     *
     * @return counts of each class, for the first images of the data set
     * @throws InvalidDataException when they are others than these
     */
    List<int[]> open() {
        try {
            if (!Files.exists(file)) {
                AtomicFiles.write(file, head.getBytes(StandardCharsets.UTF_8));
            }
            String text = Files.readString(file);
            if (!text.startsWith(head)) {
                throw new InvalidDataException(file + " holds other votes: it begins with "
                        + text.lines().findFirst().orElse("") + ", needed is "
                        + head.lines().findFirst().orElse("") + "; remove it to count again");
            }
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            if (whole.length() < text.length()) {
                AtomicFiles.write(file, whole.getBytes(StandardCharsets.UTF_8));
            }
            List<int[]> counts = new ArrayList<>();
            whole.lines().skip(2).forEach(line -> counts.add(counts(line, counts.size())));
            return counts;
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot read " + file, exception);
        }
    }

    private int[] counts(String line, int image) {
        try {
            int[] numbers = Arrays.stream(line.split("\t", -1))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            if (numbers.length == classes + 1 && numbers[0] == image) {
                return Arrays.copyOfRange(numbers, 1, numbers.length);
            }
        } catch (NumberFormatException exception) {
            throw new InvalidDataException(damaged(line, image), exception);
        }
        throw new InvalidDataException(damaged(line, image));
    }

    private String damaged(String line, int image) {
        return file + " is damaged: the line of image " + image + " is " + line + "; remove it to count again";
    }

    /**
     * Adds the votes on the next images.
     *
     * @param first index of the first
     */
    void append(int first, int[][] counts) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < counts.length; i++) {
            lines.append(first + i);
            for (int count : counts[i]) {
                lines.append('\t').append(count);
            }
            lines.append('\n');
        }
        try {
            Files.writeString(file, lines, StandardOpenOption.APPEND);
        } catch (IOException exception) {
            throw new UncheckedIOException("cannot write " + file, exception);
        }
    }
}
