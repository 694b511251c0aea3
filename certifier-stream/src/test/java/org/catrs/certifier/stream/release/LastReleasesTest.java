// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.image.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastReleasesTest {
    @TempDir
    private Path work;

    @Test
    void shouldKnowTheLastReleaseOfEachModelAfterARestart() {
        LastReleases last = open();
        last.keep(release("digits", "1"));
        last.keep(release("digits", "2"));
        last.keep(release("../a name for no file", "7"));
        assertThat(open().of("digits")).contains(release("digits", "2"));
        assertThat(open().all())
                .containsExactlyInAnyOrder(release("digits", "2"), release("../a name for no file", "7"));
        assertThat(open().of("letters")).isEmpty();
    }

    @Test
    void shouldForgetWhatIsServedNoMore() {
        LastReleases last = open();
        last.keep(release("digits", "1"));
        last.keep(release("letters", "1"));
        last.keep(release("faces", "1"));
        last.forget("digits");
        last.retain(Set.of("digits", "faces"));
        assertThat(open().all()).containsExactly(release("faces", "1"));
    }

    @Test
    void shouldDoWithoutWhatIsDamaged() throws IOException {
        open().keep(release("digits", "1"));
        try (Stream<Path> files = Files.list(folder())) {
            Files.writeString(files.findFirst().orElseThrow(), "damaged");
        }
        assertThat(open().of("digits")).isEmpty();
    }

    @Test
    void shouldSayThatAFolderCannotBeUsed() throws IOException {
        Files.createDirectories(work);
        Files.writeString(folder(), "a file");
        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("last: cannot be used");
    }

    private LastReleases open() {
        return LastReleases.open(folder());
    }

    private Path folder() {
        return work.resolve("last");
    }

    private static ModelRelease release(String name, String version) {
        return new ModelRelease(
                name,
                version,
                "file:///models/",
                "0".repeat(64),
                "c2lnbmF0dXJl",
                0.5,
                List.of("zero", "one"),
                new ImageShape(1, 28, 28),
                new ModelRelease.Plan("fixed", 100, 1_000, 0.001),
                1L);
    }
}
