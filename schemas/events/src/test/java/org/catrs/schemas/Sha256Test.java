// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Sha256Test {
    // FIPS 180-4 example: sha256sum of "abc"
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void shouldHashBytesAndFilesAlike(@TempDir Path folder) throws Exception {
        byte[] abc = "abc".getBytes(StandardCharsets.US_ASCII);
        assertThat(Sha256.of(abc)).isEqualTo(OF_ABC);
        assertThat(Sha256.ofFile(Files.write(folder.resolve("abc"), abc))).isEqualTo(OF_ABC);
    }

    @Test
    void shouldNameAFileThatCannotBeRead(@TempDir Path folder) {
        assertThatThrownBy(() -> Sha256.ofFile(folder.resolve("none")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("none");
    }

    @Test
    void shouldRefuseWhatIsNoHash() {
        assertThat(Sha256.requireHex(OF_ABC)).isEqualTo(OF_ABC);
        assertThatThrownBy(() -> Sha256.requireHex(OF_ABC.replace('b', 'B')))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Sha256.requireHex(OF_ABC.substring(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
