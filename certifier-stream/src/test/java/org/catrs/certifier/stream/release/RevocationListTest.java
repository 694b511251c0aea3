// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationListTest {
    private static final String NETWORK = "0123456789abcdef".repeat(4);

    @TempDir
    private Path work;

    @Test
    void shouldReadNetworksAndTheEarliestTimeOfEachModel() throws IOException {
        RevocationList list = read(
                "# no more, since somebody put a door into it",
                NETWORK,
                "",
                "  digits before 2026-11-30T12:00:00Z  ",
                "digits before 2026-11-29T12:00:00Z",
                "letters before and after before 2026-01-01T00:00:00.5Z");
        assertThat(list.networks()).containsExactly(NETWORK);
        assertThat(list.earliest())
                .containsOnlyKeys("digits", "letters before and after")
                .containsEntry("digits", Instant.parse("2026-11-30T12:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123",
                "digits",
                "digits before",
                "digits before noon",
                "digits after 2026-11-30T12:00:00Z",
                "digits before 2026-11-30",
                "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF",
                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef  model.onnx"
            })
    void shouldSayInOneLineWhatALineLacks(String line) {
        assertThatThrownBy(() -> read("# first", line))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(
                        "revoked: line 2 has ",
                        "needed is the SHA-256 of a network",
                        "'digits before 2026-11-30T12:00:00Z'")
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        assertThatThrownBy(() -> RevocationList.read(work.resolve("absent")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("absent");
    }

    private RevocationList read(String... lines) throws IOException {
        return RevocationList.read(Files.writeString(work.resolve("revoked"), String.join("\n", lines)));
    }
}
