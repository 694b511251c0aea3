// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.file.CacheFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ShippedModelsTest {
    private static final long MOST_BYTES = 2_000_000;

    /** What the parameterised tests run for. */
    private static final List<String> NAMES = ShippedModels.NAMES;

    @TempDir
    private Path cache;

    private Path find(String name) {
        return new ShippedModels(CacheFolder.of(Map.of("CATRS_CACHE", cache.toString()), "/nowhere"))
                .find(name)
                .orElseThrow();
    }

    @Test
    void shouldNameAllThatAreResources() throws IOException, URISyntaxException {
        Path resources = Path.of(ShippedModels.class.getResource("shipped").toURI());
        try (Stream<Path> folders = Files.list(resources)) {
            assertThat(folders.map(folder -> folder.getFileName().toString())).hasSameElementsAs(NAMES);
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void shouldBeWholeInAFolderOfItsNameAndContent(String name) {
        Path folder = find(name);

        ModelManifest manifest = ModelManifest.read(folder.resolve("model.json"));
        assertThat(folder.getFileName().toString()).matches(name + "-[0-9a-f]{12}");
        assertThat(manifest.name()).isEqualTo(name);
        assertThat(Sha256.ofFile(folder.resolve("model.onnx"))).isEqualTo(manifest.sha256());
        assertThat(CalibrationImages.read(folder.resolve("calibration.bin"), manifest.inputShape())
                        .images())
                .hasSize(CalibrationImages.MOST);
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void shouldBeSmallAndSayWhereItComesFrom(String name) throws IOException {
        Path folder = find(name);

        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        assertThat(bytes).isLessThan(MOST_BYTES);
        assertThat(folder.resolve("PROVENANCE.md")).content().contains("--preset mnist/fast", "commit");
    }

    @Test
    void shouldMendWhatWasDamagedInItsFolder() throws IOException {
        Path folder = find("mnist-0.50");
        Files.writeString(folder.resolve("model.json"), "{");

        assertThat(find("mnist-0.50")).isEqualTo(folder);
        assertThat(ModelManifest.read(folder.resolve("model.json")).name()).isEqualTo("mnist-0.50");
    }

    @Test
    void shouldFindNoModelOfAnotherName() {
        ShippedModels shipped = new ShippedModels(CacheFolder.ofThisProcess());

        assertThat(shipped.find("digits")).isEmpty();
        assertThat(shipped.find("../mnist-0.50")).isEmpty();
    }
}
