// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.file.CacheFolder;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.model.ShippedModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
    @TempDir
    private Path folder;

    private ShippedModels shipped = ShippedModels.ofThisProcess();

    @BeforeEach
    void unpackHere() {
        String cache = folder.resolve("cache").toString();
        shipped = new ShippedModels(CacheFolder.of(Map.of("CATRS_CACHE", cache), "/nowhere"));
    }

    @Test
    void shouldFindAModelThatComesWithCatrsByName() {
        ModelFiles files = ModelFiles.find(Path.of("mnist-0.50"), shipped);

        assertThat(files.onnx()).exists().startsWith(folder.resolve("cache"));
        assertThat(ModelManifest.read(files.manifest()).name()).isEqualTo("mnist-0.50");
    }

    @Test
    void shouldPreferTheUsersOwnFolder() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mnist-0.50"));
        Files.copy(TestModel.folder().resolve("model.onnx"), mine.resolve("model.onnx"));

        assertThat(ModelFiles.find(mine, shipped).onnx()).isEqualTo(mine.resolve("model.onnx"));
    }

    @Test
    void shouldNameTheModelsThatComeWithCatrsWhenThereIsNoneOfTheName() {
        assertThatThrownBy(() -> ModelFiles.find(Path.of("mnist-0.75"), shipped))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("there is no model at mnist-0.75")
                .hasMessageEndingWith("the models that come with catrs: mnist-0.25, mnist-0.50, mnist-1.00");
    }
}
