// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvalidDataExceptionTest {
    @TempDir
    private Path folder;

    @Test
    void shouldSayWhyAFileCannotBeReadWithoutJavasNames() throws IOException {
        Path text = Files.write(folder.resolve("text"), new byte[] {(byte) 0xFF});

        assertThat(ofReading(folder.resolve("none"))).isEqualTo(folder.resolve("none") + ": is not there");
        assertThat(ofReading(folder)).isEqualTo(folder + ": is a folder, needed is a file");
        assertThat(ofReading(text)).isEqualTo(text + ": is no text in UTF-8");
        assertThat(of(catchThrowableOfType(IOException.class, () -> Files.list(text))))
                .isEqualTo("place: is no folder");
        assertThat(of(new AccessDeniedException("place"))).isEqualTo("place: this user may not read it");
    }

    @Test
    void shouldKeepWhatItDoesNotKnow() {
        IOException broken = new IOException("broken disk");

        assertThat(of(broken)).isEqualTo("place: cannot be read: java.io.IOException: broken disk");
        assertThat(of(new UncheckedIOException(broken))).isEqualTo(of(broken));
        assertThat(InvalidDataException.unreadable(Path.of("place"), broken)).hasCause(broken);
    }

    private static String ofReading(Path file) {
        return InvalidDataException.unreadable(
                        file, catchThrowableOfType(IOException.class, () -> Files.readString(file)))
                .getMessage();
    }

    private static String of(Exception cause) {
        return InvalidDataException.unreadable(Path.of("place"), cause).getMessage();
    }
}
