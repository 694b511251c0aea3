// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.catrs.certifier.network.adoption.ForeignGraph;
import org.catrs.schemas.model.CalibrationImages;
import org.catrs.schemas.model.ModelManifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of five classes for images of 3 x 8 x 8, and four images of noise. */
final class AdoptCommandTest {
    @TempDir
    private Path folder;

    private Path images = Path.of("");

    @BeforeEach
    void writeNetworkAndImages() throws IOException {
        Files.write(
                folder.resolve("theirs.onnx"),
                ForeignGraph.floats().pixels().classifier().logits().model().toByteArray());
        images = Files.createDirectory(folder.resolve("images"));
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 4; i++) {
            BufferedImage image = new BufferedImage(ForeignGraph.SIDE, ForeignGraph.SIDE, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < ForeignGraph.SIDE * ForeignGraph.SIDE; pixel++) {
                image.setRGB(pixel % ForeignGraph.SIDE, pixel / ForeignGraph.SIDE, random.nextInt());
            }
            ImageIO.write(image, "png", images.resolve(i + ".png").toFile());
        }
    }

    private CommandRun adopt(String... options) {
        List<String> all =
                new ArrayList<>(List.of(folder.resolve("theirs.onnx").toString(), "--out", model().toString()));
        all.addAll(List.of(options));
        return CommandRun.of(new AdoptCommand(), all.toArray(String[]::new));
    }

    private Path model() {
        return folder.resolve("model");
    }

    @Test
    void shouldMakeAModelThatIsCertifiedAndQuantised() {
        CommandRun run = adopt(
                "--preparation",
                "-1..1",
                "--channel-order",
                "bgr",
                "--sigma",
                "0.25",
                "--classes",
                "a,b,c,d,e",
                "--check",
                images.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("the input is prepared: pixels of 0 to 1, mean 0.5, std 0.5")
                .contains("the filters of its first convolution are turned round")
                .contains("same label as the original on 4 of 4 images under noise of sigma 0.25");
        ModelManifest manifest = ModelManifest.read(model().resolve(ModelManifest.FILE_NAME));
        assertThat(manifest.name()).isEqualTo("theirs");
        assertThat(manifest.classNames()).containsExactly("a", "b", "c", "d", "e");
        assertThat(manifest.sigma()).isEqualTo(0.25);
        assertThat(manifest.hyperparameters()).containsKeys("adopted.from", "adopted.preparation");
        assertThat(CalibrationImages.read(model().resolve(CalibrationImages.FILE_NAME), manifest.inputShape())
                        .images())
                .hasSize(4);
        CommandRun certified = CommandRun.of(
                new CertifyCommand(),
                "--model",
                model().toString(),
                "--n",
                "200",
                images.resolve("0.png").toString());
        assertThat(certified.code()).as(certified.err()).isZero();
        CommandRun quantized = CommandRun.of(new QuantizeCommand(), "--model", model().toString());
        assertThat(quantized.code()).as(quantized.err()).isZero();
        assertThat(quantized.out()).contains("same label as in fp32");
    }

    @Test
    void shouldNameClassesByAFoldersSubfolders() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        for (String name : List.of("ant", "bee", "cat", "dog", "eel")) {
            Files.copy(
                    images.resolve("0.png"),
                    Files.createDirectory(data.resolve(name)).resolve("0.png"));
        }

        CommandRun run = adopt("--preparation", "none", "--classes-from", data.toString());

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(ModelManifest.read(model().resolve(ModelManifest.FILE_NAME)).classNames())
                .containsExactly("ant", "bee", "cat", "dog", "eel");
    }

    @Test
    void shouldLeaveNothingOfAnEarlierModelBeside() throws IOException {
        adopt("--preparation", "none", "--check", images.toString());
        Files.write(model().resolve(ModelManifest.SIGNATURE_FILE_NAME), new byte[64]);

        CommandRun run = adopt("--preparation", "imagenet");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(model().resolve(ModelManifest.SIGNATURE_FILE_NAME)).doesNotExist();
        assertThat(model().resolve(CalibrationImages.FILE_NAME)).doesNotExist();
    }

    @Test
    void shouldRefuseWhatContradictsItself() {
        assertThat(adopt("--preparation", "none", "--mean", "0.5").err())
                .contains("--preparation says what --mean, --std and --scale say");
        assertThat(adopt("--scale", "0..1", "--classes", "a,b").err())
                .contains("the network tells 5 classes apart, but 2 names were given");
        assertThat(adopt("--scale", "0..1", "--classes", "names.txt").err())
                .contains("there is no file names.txt of class names");
        assertThat(adopt("--scale", "1..2").err()).contains("--scale is 0..1 or 0..255");
        assertThat(adopt().err()).contains("--preparation none if pixels of 0 to 1 go in as they are");
        assertThat(model()).doesNotExist();
    }
}
