// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelManifestTest {
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private static final ModelManifest MANIFEST = new ModelManifest(
            "digits",
            "1",
            SHA256,
            new ImageShape(1, 28, 28),
            List.of("0", "1"),
            0.5,
            "lenet",
            "cat-rs",
            Map.of("lambda", "2.0", "batch", "64"),
            new ModelManifest.DatasetReference("digits/train", SHA256, 60_000),
            0.43,
            7,
            Map.of("pytorch", "2.7.1"),
            new ModelManifest.ExportParity(256, 1.5e-6, 1));

    @TempDir
    private Path folder;

    @Test
    void shouldComeBackAsWritten() {
        Path file = folder.resolve(ModelManifest.FILE_NAME);
        MANIFEST.write(file);
        assertThat(ModelManifest.read(file)).isEqualTo(MANIFEST);
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void shouldReadThePlanThatImagesAreCertifiedBy() throws Exception {
        Path file = folder.resolve(ModelManifest.FILE_NAME);
        MANIFEST.write(file);
        String planned =
                Files.readString(file).replaceFirst("\\{", "{\"plan\": {\"targetRadius\": 0.5, \"n\": 10000},");
        Files.writeString(file, planned);

        assertThat(ModelManifest.read(file).plan()).isEqualTo(new DefaultPlan(null, 0.5, null, null, 10_000L));
        assertThat(MANIFEST.plan()).isNull();
    }

    @Test
    void shouldTellWhatAQuantizedNetworkWasMadeOf() {
        ModelManifest.Quantization how = new ModelManifest.Quantization(SHA256, 0.5, 256, SHA256, 7, 10_000, 0.9991);
        ModelManifest integers = MANIFEST.quantized("1-int8", "f".repeat(64), how);
        Path file = folder.resolve(ModelManifest.FILE_NAME);
        integers.write(file);

        assertThat(ModelManifest.read(file)).isEqualTo(integers);
        assertThat(integers.quantization()).isEqualTo(how);
        assertThat(integers.exportParity()).isNull();
        assertThat(MANIFEST.quantization()).isNull();
    }

    @Test
    void shouldSortFieldsAndKeys() throws IOException {
        Path file = folder.resolve(ModelManifest.FILE_NAME);
        MANIFEST.write(file);
        assertThat(Files.readString(file))
                .containsSubsequence(
                        "architecture", "classNames", "dataset", "epochs", "hyperparameters", "batch", "lambda")
                .endsWith("}\n");
    }

    @Test
    void shouldPassOverFieldsOfLaterVersions() throws IOException {
        Path file = written("\"seed\" : 7", "\"seed\" : 7, \"signature\" : {\"by\" : \"someone\"}");
        assertThat(ModelManifest.read(file)).isEqualTo(MANIFEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"sigma\" : 0.5 | \"sigma\" : null | field sigma is missing",
                "\"sigma\" : 0.5 | \"sigma\" : \"0.5\" | field sigma: Cannot coerce String value (\"0.5\")",
                "\"sigma\" : 0.5 | \"sigma\" : -1 | sigma and epochs are finite and at least 0",
                "\"height\" : 28 | \"heigth\" : 28 | field inputShape.height is missing",
                "\"height\" : 28 | \"height\" : 28.5 | field inputShape.height",
                "\"height\" : 28 | \"height\" : 0 | field inputShape: image shape needs positive dimensions",
                "\"sha256\" : \"01 | \"sha256\" : \"XY | a SHA-256 has 64 lower-case hex digits",
                "\"seed\" : 7 | \"seed\" : 7, \"seed\" : 8 | is not JSON: Duplicate field 'seed'",
                "\"seed\" : 7 | \"seed\" : | is not JSON",
            })
    void shouldNameFileAndFieldOfWhatIsWrong(String found, String replacement, String message) throws IOException {
        Path file = written(found, replacement);
        assertThatThrownBy(() -> ModelManifest.read(file))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message);
    }

    @Test
    void shouldNameAMissingFile() {
        assertThatThrownBy(() -> ModelManifest.read(folder.resolve("none.json")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("none.json");
    }

    @Test
    void shouldRefuseWhatIsNoObject() throws IOException {
        Path file = Files.writeString(folder.resolve(ModelManifest.FILE_NAME), "[]");
        assertThatThrownBy(() -> ModelManifest.read(file)).hasMessageContaining("needs to be a JSON object");
    }

    private Path written(String found, String replacement) throws IOException {
        Path file = folder.resolve(ModelManifest.FILE_NAME);
        MANIFEST.write(file);
        String json = Files.readString(file);
        assertThat(json).contains(found);
        return Files.writeString(file, json.replaceFirst(Pattern.quote(found), replacement.replace("\\", "\\\\")));
    }
}
