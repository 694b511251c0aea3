// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
    private static final int RECORD_BYTES = 3073;

    @TempDir
    private Path data;

    @Test
    void shouldReadTheFiveTrainingFilesInTheirOrder() throws IOException {
        Path folder = Files.createDirectories(data.resolve("cifar-10-batches-bin"));
        for (int file = 1; file <= 5; file++) {
            Files.write(folder.resolve("data_batch_" + file + ".bin"), records(file, file + 1));
        }
        Dataset dataset = Cifar10.open(Split.TRAIN, data, 2);
        assertThat(dataset.name()).isEqualTo("cifar10/train");
        assertThat(dataset.size()).isEqualTo(10);
        assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 32, 32));
        assertThat(dataset.classNames())
                .hasSize(10)
                .startsWith("airplane", "automobile")
                .endsWith("truck");
        assertThat(dataset.get(0).label()).isEqualTo(1);
        assertThat(dataset.get(9).label()).isEqualTo(6);
        assertThat(dataset.get(9).image().value(0)).isEqualTo(106);
        assertThat(dataset.get(9).image().value(3071)).isEqualTo(206);
    }

    @Test
    void shouldReadTheTestFile() throws IOException {
        Files.write(data.resolve("test_batch.bin"), records(3));
        assertThat(Cifar10.open(Split.TEST, data, 1).get(0).label()).isEqualTo(3);
    }

    @Test
    void shouldReadThePublishedArchive() throws IOException {
        Path folder = Files.createDirectories(data.resolve("cifar-10-batches-bin"));
        Files.write(folder.resolve("test_batch.bin"), records(3));
        Files.write(folder.resolve("readme.html"), new byte[10]);
        Path elsewhere = Files.createDirectories(data.resolve("elsewhere")).resolve("cifar-10-binary.tar.gz");
        Archives.write(elsewhere, data, "cifar-10-batches-bin/test_batch.bin", "cifar-10-batches-bin/readme.html");
        assertThat(Cifar10.open(Split.TEST, elsewhere, 1).get(0).label()).isEqualTo(3);
        assertThat(Cifar10.open(Split.TEST, elsewhere.getParent(), 1).sha256())
                .isEqualTo(Cifar10.open(Split.TEST, data, 1).sha256());
    }

    @Test
    void shouldReadFoldersOfImagesAndSayThatTheyAreLossy() throws IOException {
        for (String name : Cifar10.CLASS_NAMES) {
            image("test/" + name + "/0000.jpg", 32);
        }
        Dataset dataset = Cifar10.open(Split.TEST, data, 1);
        assertThat(dataset.name()).isEqualTo("cifar10-jpeg/test");
        assertThat(dataset.size()).isEqualTo(10);
        assertThat(dataset.get(9).label()).isEqualTo(9);
    }

    @Test
    void shouldRefuseFoldersOfOtherImages() throws IOException {
        for (String name : Cifar10.CLASS_NAMES) {
            image("test/" + name + "/0000.png", 16);
        }
        assertThatThrownBy(() -> Cifar10.open(Split.TEST, data, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("found 3x16x16")
                .hasMessageContaining("--dataset folder");
    }

    private void image(String name, int side) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        String format = name.replaceFirst(".*\\.", "");
        assertThat(ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), format, file.toFile()))
                .isTrue();
    }

    @Test
    void shouldSayWhereItLookedAndHowToGetTheFiles() {
        assertThatThrownBy(() -> Datasets.open(DatasetKind.CIFAR10, Split.TRAIN, data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("cifar-10-binary.tar.gz or cifar10-jpeg.tar.gz not found in " + data)
                .hasMessageContaining("cifar-10-binary.tar.gz");
    }

    @Test
    void shouldNameTheFileThatIsDamaged() throws IOException {
        byte[] one = records(3);
        assertRefused(Arrays.copyOf(one, one.length - 1), "needs 1 records of 3073 bytes, 3073 in all, found 3072");
        assertRefused(records(3, 4), "found more");
        assertRefused(records(10), "needs labels 0 to 9, found 10 in record 0");
        assertRefused(records(255), "found 255 in record 0");
    }

    private void assertRefused(byte[] file, String message) throws IOException {
        Files.write(data.resolve("test_batch.bin"), file);
        assertThatThrownBy(() -> Cifar10.open(Split.TEST, data, 1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(data.resolve("test_batch.bin") + ": ")
                .hasMessageContaining(message);
    }

    private static byte[] records(int... labels) {
        byte[] bytes = new byte[labels.length * RECORD_BYTES];
        for (int i = 0; i < labels.length; i++) {
            bytes[i * RECORD_BYTES] = (byte) labels[i];
            bytes[i * RECORD_BYTES + 1] = (byte) (100 + labels[i]);
            bytes[(i + 1) * RECORD_BYTES - 1] = (byte) (200 + labels[i]);
        }
        return bytes;
    }
}
