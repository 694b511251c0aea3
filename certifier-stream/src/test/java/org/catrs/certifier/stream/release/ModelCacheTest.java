// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCacheTest {
    private static final byte[] CONTENT = "content".getBytes(UTF_8);

    @TempDir
    private Path work;

    private Path folder;
    private ModelCache cache;

    @BeforeEach
    void open() {
        folder = work.resolve("a/cache");
        cache = ModelCache.open(folder, 10);
    }

    @Test
    void shouldKeepWhatHasTheRightHash() throws IOException {
        assertThat(cache.read("a")).isEmpty();
        assertThat(cache.write("a", new ByteArrayInputStream(CONTENT), Sha256.of(CONTENT)))
                .isEqualTo(Sha256.of(CONTENT));
        assertThat(ModelCache.open(folder, 10).read("a")).contains(CONTENT);
        cache.delete("a");
        assertThat(cache.read("a")).isEmpty();
    }

    @Test
    void shouldKeepNothingOfWhatHasAnotherHash() throws IOException {
        assertThat(cache.write("a", new ByteArrayInputStream(CONTENT), Sha256.of(new byte[0])))
                .isEqualTo(Sha256.of(CONTENT));
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldKeepNothingOfWhatBreaksOff() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the store went away");
            }
        };
        assertThatThrownBy(() -> cache.write("a", broken, Sha256.of(CONTENT))).hasMessage("the store went away");
        assertThat(files()).isEmpty();
    }

    @Test
    void shouldDeleteWhatWasNotUsedForLongestAndNothingThatIsInUse() throws IOException {
        for (String name : new String[] {"oldest-in-use", "older", "old", "new"}) {
            cache.write(name, new ByteArrayInputStream(CONTENT), Sha256.of(CONTENT));
        }
        age("oldest-in-use", 4);
        age("older", 3);
        age("old", 2);
        cache.evict(Set.of("oldest-in-use"));
        assertThat(files()).containsExactlyInAnyOrder("oldest-in-use", "new");
    }

    @Test
    void shouldTakeReadingForUse() throws IOException {
        for (String name : new String[] {"a", "b"}) {
            cache.write(name, new ByteArrayInputStream(CONTENT), Sha256.of(CONTENT));
            age(name, 5);
        }
        cache.read("a");
        cache.evict(Set.of());
        assertThat(files()).containsExactly("a");
    }

    @Test
    void shouldDeleteWhatAKilledProcessLeft() throws IOException {
        Files.writeString(folder.resolve("old.part"), "x");
        age("old.part", 30);
        Files.writeString(folder.resolve("young.part"), "x");
        ModelCache.open(folder, 10);
        assertThat(files()).containsExactly("young.part");
    }

    @Test
    void shouldSayThatAFolderCannotBeUsed() throws IOException {
        Path file = Files.writeString(work.resolve("file"), "x");
        assertThatThrownBy(() -> ModelCache.open(file, 10))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("file (models.cache) cannot be written to");
    }

    private void age(String name, int hours) throws IOException {
        Files.setLastModifiedTime(
                folder.resolve(name), FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
    }

    private Stream<String> files() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
