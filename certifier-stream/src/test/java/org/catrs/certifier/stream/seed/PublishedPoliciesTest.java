// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublishedPoliciesTest {
    private static final String JSON = "{\"alpha\":0.001}";
    private static final String HASH = Sha256.of(JSON.getBytes(StandardCharsets.UTF_8));

    private Path file;

    @BeforeEach
    void name(@TempDir Path folder) {
        file = folder.resolve("policies");
    }

    @Test
    void shouldReadHashesWithOrWithoutTheJsonThatTheyAreOf() throws IOException {
        String other = "0".repeat(64);
        Files.writeString(file, "# published\r\n\n" + HASH + "  " + JSON + "\r\n" + other + "\n");

        assertThat(PublishedPolicies.read(file).sha256()).containsExactlyInAnyOrder(HASH, other);
    }

    @Test
    void shouldRefuseJsonThatWasChanged() throws IOException {
        Files.writeString(file, HASH + "  " + JSON.replace('1', '2'));

        assertThatThrownBy(() -> PublishedPolicies.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(file + ", line 1: the SHA-256 is not that of the JSON behind it, which was changed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123", JSON, "0123 {}"})
    void shouldRefuseWhatIsNoPolicy(String line) throws IOException {
        Files.writeString(file, "\n" + line);

        assertThatThrownBy(() -> PublishedPolicies.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(file + ", line 2: is no policy; needed is its SHA-256");
    }

    @Test
    void shouldRefuseAFileWithoutAny() throws IOException {
        Files.writeString(file, "# none yet\n");

        assertThatThrownBy(() -> PublishedPolicies.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("holds no policy");
    }
}
