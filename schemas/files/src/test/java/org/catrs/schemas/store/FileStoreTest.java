// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileStoreTest {
    @TempDir
    private Path folder;

    private ModelStore store;

    @BeforeEach
    void openStore() {
        store = new ModelStores().at(folder.toUri());
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        store.write("digits/1/model.onnx", "first".getBytes(UTF_8));
        store.write("digits/1/model.onnx", Files.writeString(folder.resolve("source"), "second"));
        assertThat(read("digits/1/model.onnx", 6)).isEqualTo("second");
    }

    @Test
    void shouldNameFilesAndFolders() {
        assertThat(store.uri("digits/1/"))
                .isEqualTo(URI.create("file://" + folder + "/digits/1/"))
                .satisfies(uri -> assertThat(new ModelStores().at(uri).uri("model.onnx"))
                        .isEqualTo(store.uri("digits/1/model.onnx")));
    }

    @Test
    void shouldSayThatThereIsNoFile() throws IOException {
        assertThatThrownBy(() -> store.read("digits/1/model.onnx", 10)).isInstanceOf(NoSuchFileException.class);
        store.delete("digits/1/model.onnx");
        store.write("digits/1/model.onnx", new byte[3]);
        store.delete("digits/1/model.onnx");
        assertThatThrownBy(() -> store.read("digits/1/model.onnx", 10)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldRefuseMoreThanIsAllowed() throws IOException {
        store.write("large", new byte[11]);
        assertThatThrownBy(() -> store.read("large", 10))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("has 11 bytes, at most 10 are allowed");
    }

    @Test
    void shouldRefuseAFileThatGrowsWhileItIsRead() throws IOException {
        store.write("growing", new byte[10]);
        try (InputStream in = store.read("growing", 10)) {
            Files.write(folder.resolve("growing"), new byte[11]);
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(InvalidDataException.class)
                    .hasMessageContaining("more than the 10 bytes");
        }
    }

    @Test
    void shouldLeaveNothingBesideAFile() throws IOException {
        store.write("model.onnx", new byte[1]);
        Files.writeString(folder.resolve(".model.onnx.killed.part"), "what a killed process left");
        store.delete("model.onnx");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void shouldKeepTheOldFileWhenItsSourceCannotBeRead() throws IOException {
        store.write("model.onnx", "old".getBytes(UTF_8));
        assertThatThrownBy(() -> store.write("model.onnx", folder.resolve("absent")))
                .isInstanceOf(IOException.class);
        assertThat(read("model.onnx", 10)).isEqualTo("old");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up", "a/../../up", "/etc/passwd", "a//b", ".hidden", "a b", "", "a/.", "ü"})
    void shouldRefusePathsThatCouldLeaveIt(String path) {
        assertThatThrownBy(() -> store.write(path, new byte[1])).isInstanceOf(InvalidDataException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/models/", "models", "file://host/models/", "file:models", "s3:models"})
    void shouldRefuseUrisThatNameNoStore(String uri) {
        assertThatThrownBy(() -> new ModelStores().at(URI.create(uri)))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(uri);
    }

    private String read(String path, long mostBytes) throws IOException {
        try (InputStream in = store.read(path, mostBytes)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
