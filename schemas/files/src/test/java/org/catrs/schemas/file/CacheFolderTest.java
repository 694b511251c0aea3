// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
    private static final Map<String, byte[]> CONTENTS = Map.of("a", "first".getBytes(UTF_8), "b", new byte[3_000_000]);

    @TempDir
    private Path folder;

    private CacheFolder named() {
        return CacheFolder.of(Map.of("CATRS_CACHE", folder.toString()), "/nowhere");
    }

    private static void assertHolds(Path folder) {
        assertThat(folder.resolve("a")).hasContent("first");
        assertThat(folder.resolve("b")).hasSize(3_000_000);
    }

    @Test
    void shouldBeTheFolderThatTheEnvironmentNames() {
        String home = folder.resolve("home").toString();
        String caches = folder.resolve("caches").toString();
        String mine = folder.resolve("mine").toString();

        assertThat(CacheFolder.of(Map.of("CATRS_CACHE", mine, "XDG_CACHE_HOME", caches), home)
                        .holding("x", CONTENTS))
                .isEqualTo(folder.resolve("mine/x"));
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", caches), home).holding("x", CONTENTS))
                .isEqualTo(folder.resolve("caches/catrs/x"));
        assertThat(CacheFolder.of(Map.of("CATRS_CACHE", ""), home).holding("x", CONTENTS))
                .isEqualTo(folder.resolve("home/.cache/catrs/x"));
        assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "relative"), home).holding("x", CONTENTS))
                .isEqualTo(folder.resolve("home/.cache/catrs/x"));
    }

    @Test
    void shouldWriteAgainWhatDiffersAndLeaveTheRest() throws IOException {
        Path held = named().holding("x", CONTENTS);
        FileTime written = Files.getLastModifiedTime(held.resolve("b"));
        Files.writeString(held.resolve("a"), "damaged");
        Files.writeString(held.resolve("made-of-it"), "kept");

        assertThat(named().holding("x", CONTENTS)).isEqualTo(held);

        assertHolds(held);
        assertThat(Files.getLastModifiedTime(held.resolve("b"))).isEqualTo(written);
        assertThat(held.resolve("made-of-it")).hasContent("kept");
    }

    @Test
    void shouldUseAFolderThatCannotBeWrittenWhereItHoldsAll() throws IOException {
        Path held = named().holding("x", CONTENTS);
        Path lock = held.resolve(".lock");
        Files.delete(lock);
        Files.createDirectory(lock);

        assertThat(named().holding("x", CONTENTS)).isEqualTo(held);
    }

    @Test
    void shouldGiveProcessesThatStartAtOnceTheSameWholeFiles() throws Exception {
        List<Process> processes =
                IntStream.range(0, 4).mapToObj(i -> start(folder)).toList();

        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
            assertThat(process.getInputStream()).hasContent(folder.resolve("x").toString());
        }
        assertHolds(folder.resolve("x"));
        try (Stream<Path> files = Files.list(folder.resolve("x"))) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsOnly("a", "b", ".lock");
        }
    }

    @Test
    void shouldUseATemporaryFolderThatGoesWithTheProcessWhereNothingCanBeWritten() throws Exception {
        Path noFolder = Files.createFile(folder.resolve("file"));

        Process process = start(noFolder);
        assertThat(process.waitFor()).isZero();

        Path held = Path.of(new String(process.getInputStream().readAllBytes(), UTF_8));
        assertThat(held.getFileName()).hasToString("x");
        assertThat(held.getParent().getParent()).isEqualTo(folder);
        assertThat(held.getParent()).doesNotExist();
    }

    @Test
    void shouldUseATemporaryFolderWhereTheOneThatIsNamedCannotHaveItsName() {
        assertHolds(CacheFolder.of(Map.of("CATRS_CACHE", "a\0b"), "/nowhere").holding("x", CONTENTS));
    }

    @Test
    void shouldUseATemporaryFolderForAUserWithoutAHome() {
        CacheFolder cache = CacheFolder.of(Map.of(), "?");

        Path held = cache.holding("x", CONTENTS);

        assertHolds(held);
        assertThat(held).isAbsolute();
        assertThat(cache.holding("y", CONTENTS)).isEqualTo(held.resolveSibling("y"));
    }

    /** Starts a process that prints what a cache in a folder holds, and makes its temporary folders beside that. */
    private Process start(Path cache) {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName());
        builder.environment().put("CATRS_CACHE", cache.toString());
        try {
            return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Main class of a process that holds the contents. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) {
            Path held = CacheFolder.ofThisProcess().holding("x", CONTENTS);
            assertHolds(held);
            System.out.print(held);
        }
    }
}
