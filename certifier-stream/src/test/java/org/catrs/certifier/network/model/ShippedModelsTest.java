// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShippedModelsTest {
    @TempDir
    private Path folder;

    private ShippedModels shipped = new ShippedModels(null);

    @BeforeEach
    void ship() throws IOException {
        for (String name : new String[] {"digits-0.25", "digits-0.50"}) {
            Path model = Files.createDirectories(folder.resolve("shipped").resolve(name));
            for (String file : new String[] {"model.onnx", "model.json"}) {
                Files.copy(TestModel.folder().resolve(file), model.resolve(file));
            }
        }
        Files.createDirectories(folder.resolve("shipped").resolve("not-a-model"));
        shipped = new ShippedModels(folder.resolve("shipped"));
    }

    @Test
    void shouldFindAShippedModelByName() {
        ModelFiles files = ModelFiles.find(Path.of("digits-0.50"), shipped);

        assertThat(files.onnx()).isEqualTo(folder.resolve("shipped/digits-0.50/model.onnx"));
        assertThat(files.manifest()).isEqualTo(folder.resolve("shipped/digits-0.50/model.json"));
    }

    @Test
    void shouldPreferTheUsersOwnFolder() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("digits-0.50"));
        Files.copy(TestModel.folder().resolve("model.onnx"), mine.resolve("model.onnx"));

        assertThat(ModelFiles.find(mine, shipped).onnx()).isEqualTo(mine.resolve("model.onnx"));
    }

    @Test
    void shouldNameTheShippedModelsWhenThereIsNoneOfTheName() {
        assertThatThrownBy(() -> ModelFiles.find(Path.of("not-a-model"), shipped))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("there is no model at not-a-model")
                .hasMessageEndingWith("the models that come with catrs: digits-0.25, digits-0.50");
    }

    @Test
    void shouldShipNothingWhereTheProcessWasNotToldOfAFolder() {
        assertThat(new ShippedModels(null).names()).isEmpty();
        assertThat(new ShippedModels(null).find(Path.of("digits-0.50"))).isEmpty();
    }
}
