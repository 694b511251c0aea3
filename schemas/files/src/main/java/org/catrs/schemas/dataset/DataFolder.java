// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.catrs.schemas.InvalidDataException;

/** The places where a data set's files may lie: the folder that the user names, or a known folder inside it. */
final class DataFolder {
    private final List<Path> places;
    private final String advice;

    /**
     * The places of a data set.
     *
     * @param folders names of the folders in which the data set usually comes
     * @param advice how to get the data set, for when it is missing
     */
    DataFolder(Path data, List<String> folders, String advice) {
        this.places = Stream.concat(Stream.of(data), folders.stream().map(data::resolve))
                .toList();
        this.advice = advice;
    }

    /** The first of the places that is as wanted. */
    Optional<Path> place(Predicate<Path> wanted) {
        return places.stream().filter(wanted).findFirst();
    }

    /**
     * Finds a file.
     *
     * @param names the names that it may have
     * @throws InvalidDataException when it is in none of the places
     */
    Path find(String... names) {
        for (Path place : places) {
            for (String name : names) {
                if (Files.isRegularFile(place.resolve(name))) {
                    return place.resolve(name);
                }
            }
        }
        throw new InvalidDataException(String.join(" or ", names) + " not found in "
                + places.stream().map(Path::toString).collect(Collectors.joining(", ")) + ". " + advice);
    }

    /**
     * Reads a file, unpacked where its name ends in {@code .gz}.
     *
     * @param limit how many bytes to read at most
     */
    static byte[] read(Path file, int limit) {
        try (InputStream in = Files.newInputStream(file);
                InputStream unpacked = file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in) {
            return unpacked.readNBytes(limit);
        } catch (IOException e) {
            throw new InvalidDataException(file + ": cannot be read: " + e.getMessage() + "; fetch it again", e);
        }
    }
}
