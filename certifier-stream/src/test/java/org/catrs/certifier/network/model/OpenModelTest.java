// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.catrs.certifier.network.MixedWhereBright;
import org.catrs.certifier.network.options.Assurance;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenModelTest {
    private static final ModelOverrides SIGMA_ONE = new ModelOverrides(1.0, null, List.of(), InferenceOptions.DEFAULT);
    private static final ModelOverrides TRIED =
            new ModelOverrides(null, null, List.of(), InferenceOptions.DEFAULT.with(Assurance.TRIED));
    private static final ImageShape SHAPE = new ImageShape(1, 28, 28);

    @TempDir
    private Path folder;

    @Test
    void shouldTakeItsFactsFromTheManifest() {
        try (OpenModel model = OpenModel.open(TestModel.folder(), ModelOverrides.DEFAULT)) {
            assertThat(model.identity().name()).isEqualTo("rows");
            assertThat(model.identity().version()).isEqualTo("1");
            assertThat(model.identity().sha256())
                    .isEqualTo(Sha256.ofFile(TestModel.folder().resolve("model.onnx")));
            assertThat(model.inputShape()).isEqualTo(new ImageShape(1, 28, 28));
            assertThat(model.classNames()).hasSize(10).startsWith("row zero", "row one", "2");
            assertThat(model.sigma()).isEqualTo(0.25);
            assertThat(model.engine().provider()).isEqualTo("cpu");
            assertThat(model.classifier().classes()).isEqualTo(10);
        }
    }

    @Test
    void shouldLetTheOptionsOverrideTheManifest() {
        List<String> names = Collections.nCopies(10, "x");
        ModelOverrides options = new ModelOverrides(0.5, "mine", names, InferenceOptions.DEFAULT);

        try (OpenModel model = OpenModel.open(TestModel.folder(), options)) {
            assertThat(model.sigma()).isEqualTo(0.5);
            assertThat(model.identity().name()).isEqualTo("mine");
            assertThat(model.classNames()).isEqualTo(names);
        }
    }

    @Test
    void shouldServeABareOnnxFileWithSigma() throws IOException {
        Path onnx = Files.copy(TestModel.folder().resolve("model.onnx"), folder.resolve("my.net.onnx"));

        try (OpenModel model = OpenModel.open(onnx, SIGMA_ONE)) {
            assertThat(model.identity().name()).isEqualTo("my.net");
            assertThat(model.identity().version())
                    .isEqualTo(model.identity().sha256().substring(0, 12));
            assertThat(model.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
            assertThat(model.sigma()).isEqualTo(1);
        }
    }

    @Test
    void shouldAskForSigmaWithoutAManifest() throws IOException {
        Files.copy(TestModel.folder().resolve("model.onnx"), folder.resolve("model.onnx"));

        assertRefused(folder, ModelOverrides.DEFAULT, "comes without a manifest", "needs --sigma S");
        assertRefused(folder.resolve("model.onnx"), ModelOverrides.DEFAULT, "needs --sigma S");
    }

    @Test
    void shouldAskForSigmaWhereTheModelWasTrainedWithoutNoise() throws IOException {
        replaceInManifest("\"sigma\": 0.25", "\"sigma\": 0.0");

        assertRefused(folder, ModelOverrides.DEFAULT, "was trained without noise", "needs --sigma S");
    }

    @Test
    void shouldRefuseAnOnnxFileThatIsNotTheManifests() throws IOException {
        TestModel.copyTo(folder);
        Files.write(folder.resolve("model.onnx"), new byte[] {1, 2, 3});

        // sha256 of 01 02 03: printf '\1\2\3' | sha256sum
        assertRefused(
                folder,
                SIGMA_ONE,
                "has SHA-256 039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81",
                "one of the two was replaced or damaged");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"width\": 28', '\"width\": 32', 'takes images of 1x28x28', 'says 1x28x32'",
        "'    \"2\",', '', 'gives 10 logits', 'names 9 classes'",
    })
    void shouldRefuseAManifestOfAnotherShape(String found, String replacement, String network, String manifest)
            throws IOException {
        replaceInManifest(found, replacement);

        assertRefused(folder, ModelOverrides.DEFAULT, network, manifest);
    }

    @Test
    void shouldRefuseANetworkThatItsCalibrationImagesShowToMixImages() throws IOException {
        mixWhereBright();
        Files.write(
                folder.resolve("calibration.bin"),
                MixedWhereBright.brightImage(SHAPE).toByteArray());

        assertRefused(folder, TRIED, "model.onnx gives one image the logit", "needs a fixed function of the image");
    }

    @Test
    void shouldRefuseANetworkAtTheFirstImageThatShowsItToMixImages() throws IOException {
        mixWhereBright();
        ImageTensor black = MixedWhereBright.blackImage(SHAPE);

        try (OpenModel model = OpenModel.open(folder, TRIED)) {
            assertThat(count(model, black).samples()).isEqualTo(10);
            for (ImageTensor image : List.of(MixedWhereBright.brightImage(SHAPE), black)) {
                assertThatThrownBy(() -> count(model, image))
                        .isInstanceOf(InvalidDataException.class)
                        .hasMessageContainingAll("gives one image the logit", "needs a fixed function of the image");
            }
        }
    }

    @Test
    void shouldRefuseCalibrationImagesOfAnotherShape() throws IOException {
        TestModel.copyTo(folder);
        Files.write(folder.resolve("calibration.bin"), new byte[785]);

        assertRefused(folder, ModelOverrides.DEFAULT, "calibration.bin: has 785 bytes; needed are images of 1x28x28");
    }

    /** Makes the folder's model another one, of which a grey image does not show that it mixes images. */
    private void mixWhereBright() throws IOException {
        byte[] onnx = MixedWhereBright.of(Files.readAllBytes(TestModel.folder().resolve("model.onnx")));
        replaceInManifest(Sha256.ofFile(TestModel.folder().resolve("model.onnx")), Sha256.of(onnx));
        Files.write(folder.resolve("model.onnx"), onnx);
    }

    private static ClassCounts count(OpenModel model, ImageTensor image) {
        SmoothingParameters parameters = new SmoothingParameters(model.sigma(), 0.001, 10, 10, NoiseKind.DISCRETE);
        return model.classifier().count(image, parameters, new Seed(1, 2), Phase.SELECTION, 0, 10);
    }

    @Test
    void shouldRefuseAManifestThatIsNone() throws IOException {
        replaceInManifest("\"inputShape\"", "\"shape\"");

        assertRefused(folder, ModelOverrides.DEFAULT, "model.json", "inputShape");
    }

    @Test
    void shouldRefuseAFolderWithoutAModel() {
        assertRefused(folder, ModelOverrides.DEFAULT, "has no model.onnx");
    }

    @Test
    void shouldRefuseWhatIsNotThere() {
        assertRefused(folder.resolve("none"), ModelOverrides.DEFAULT, "there is no model at", "none");
    }

    @Test
    void shouldRefuseAnotherNumberOfClassNames() {
        ModelOverrides options = new ModelOverrides(null, null, List.of("cat", "dog"), InferenceOptions.DEFAULT);

        assertRefused(TestModel.folder(), options, "has 10 classes", "2 names were given: [cat, dog]");
    }

    @Test
    void shouldRefuseImpossibleOptions() {
        assertThatThrownBy(() -> new ModelOverrides(0.0, null, List.of(), InferenceOptions.DEFAULT))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("sigma must be above 0, found 0.0");
        assertThatThrownBy(() -> new ModelOverrides(Double.NaN, null, List.of(), InferenceOptions.DEFAULT))
                .isInstanceOf(InvalidDataException.class);
        assertThatThrownBy(() -> new ModelOverrides(1.0, " ", List.of(), InferenceOptions.DEFAULT))
                .isInstanceOf(InvalidDataException.class);
    }

    private void replaceInManifest(String text, String replacement) throws IOException {
        TestModel.copyTo(folder);
        Path manifest = folder.resolve("model.json");
        String json = Files.readString(manifest);
        assertThat(json).contains(text);
        Files.writeString(manifest, json.replace(text, replacement));
    }

    private static void assertRefused(Path model, ModelOverrides options, String... parts) {
        assertThatThrownBy(() -> OpenModel.open(model, options))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(parts);
    }
}
