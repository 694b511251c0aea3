// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where catrs keeps on this machine what it can make again: in the folder that the environment variable {@value
 * #VARIABLE} names, else in {@code catrs} of the one that {@code XDG_CACHE_HOME} names, else in {@code ~/.cache/catrs}.
 * What cannot be written there is kept in a temporary folder, which goes when the process ends. Safe for use by several
 * threads and processes at once.
 */
public final class CacheFolder {
    /** Name of the environment variable with the folder. */
    public static final String VARIABLE = "CATRS_CACHE";

    private static final CacheFolder OF_THIS_PROCESS = of(System.getenv(), System.getProperty("user.home", ""));

    /** Held by the process that writes, so that two do not write one file at once. */
    private static final String LOCK = ".lock";

    private final @Nullable Path lasting;
    private @Nullable Path temporary;

    private CacheFolder(@Nullable Path lasting) {
        this.lasting = lasting;
    }

    /** The one that this process's environment names. */
    public static CacheFolder ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /**
     * The one that an environment names.
     *
     * @param home the user's home folder; one that is not absolute is none
     */
    public static CacheFolder of(Map<String, String> environment, String home) {
        try {
            return new CacheFolder(named(environment, home));
        } catch (InvalidPathException noName) {
            // As with other letters than ASCII's, in the locale C.
            return new CacheFolder(null);
        }
    }

    private static @Nullable Path named(Map<String, String> environment, String home) {
        String named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return Path.of(named).toAbsolutePath();
        }
        // The XDG specification has relative paths ignored.
        Path caches = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
        if (!caches.isAbsolute()) {
            caches = Path.of(home, ".cache");
        }
        return caches.isAbsolute() ? caches.resolve("catrs") : null;
    }

    /**
     * A folder in which files are whole, with the contents that are given. What differs is written again; other files
     * stay as they are.
     *
     * @param name of the folder; one name always goes with the same contents
     * @param contents by name of the file
     * @throws UncheckedIOException when not even a temporary folder can be written
     */
    public synchronized Path holding(String name, Map<String, byte[]> contents) {
        if (lasting != null) {
            Path folder = lasting.resolve(name);
            try {
                return complete(folder, contents);
            } catch (IOException | UncheckedIOException cannotBeWritten) {
                // As with a root that is read-only, or a user without a home.
            }
        }
        try {
            return complete(temporary().resolve(name), contents);
        } catch (IOException exception) {
            throw new UncheckedIOException("no folder can be written for " + name, exception);
        }
    }

    private static Path complete(Path folder, Map<String, byte[]> contents) throws IOException {
        if (holdsAll(folder, contents)) {
            return folder;
        }
        Files.createDirectories(folder);
        try (FileChannel lock =
                FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            lock.lock();
            contents.forEach((file, content) -> {
                if (!holds(folder.resolve(file), content)) {
                    AtomicFiles.write(folder.resolve(file), content);
                }
            });
        }
        return folder;
    }

    private static boolean holdsAll(Path folder, Map<String, byte[]> contents) {
        return contents.entrySet().stream().allMatch(file -> holds(folder.resolve(file.getKey()), file.getValue()));
    }

    private static boolean holds(Path file, byte[] content) {
        try {
            return Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Path temporary() throws IOException {
        Path folder = temporary;
        if (folder == null) {
            Path created = Files.createTempDirectory("catrs-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(created), "catrs-cache-removal"));
            temporary = folder = created;
        }
        return folder;
    }

    private static void delete(Path folder) {
        try (Stream<Path> below = Files.walk(folder)) {
            for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException exception) {
            throw new UncheckedIOException(folder + " was not removed", exception);
        }
    }
}
