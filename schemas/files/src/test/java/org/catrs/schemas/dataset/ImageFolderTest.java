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
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
    @TempDir
    private Path data;

    @Test
    void shouldReadClassesAndFilesSortedByName() throws IOException {
        image("test/dog/2.png", 4, 30);
        image("test/dog/1.PNG", 4, 20);
        image("test/cat/only.jpeg", 4, 10);
        image("train/cat/a.png", 4, 1);
        image("train/dog/a.png", 4, 2);
        Files.writeString(data.resolve("test/dog/notes.txt"), "no image");
        Files.writeString(data.resolve("test/dog/.hidden.png"), "no image");
        Dataset dataset = Datasets.open(DatasetKind.FOLDER, Split.TEST, data);
        assertThat(dataset.name()).isEqualTo("folder/test");
        assertThat(dataset.classNames()).containsExactly("cat", "dog");
        assertThat(dataset.shape()).isEqualTo(new ImageShape(1, 3, 4));
        assertThat(firstValues(dataset)).containsExactly(10, 20, 30);
        assertThat(IntStream.range(0, 3).map(i -> dataset.get(i).label())).containsExactly(0, 1, 1);
        assertThat(firstValues(Datasets.open(DatasetKind.FOLDER, Split.TRAIN, data)))
                .containsExactly(1, 2);
    }

    @Test
    void shouldHoldOutATenthOfAFolderWithoutSplits() throws IOException {
        // Python: [n for n in range(20) if zlib.crc32(b"cat/%d.png" % n) % 10 == 0]
        List<Integer> heldOut = List.of(0, 6, 16, 17);
        for (int i = 0; i < 20; i++) {
            image("cat/" + i + ".png", 4, i);
        }
        assertThat(firstValues(Datasets.open(DatasetKind.FOLDER, Split.TEST, data)))
                .containsExactlyInAnyOrderElementsOf(heldOut);
        assertThat(firstValues(Datasets.open(DatasetKind.FOLDER, Split.TRAIN, data)))
                .hasSize(20 - heldOut.size())
                .doesNotContainAnyElementsOf(heldOut);
    }

    @Test
    void shouldSayThatTooFewImagesLeaveNoneForTheTest() throws IOException {
        image("cat/a.png", 4, 7);
        assertThatThrownBy(() -> Datasets.open(DatasetKind.FOLDER, Split.TEST, data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("has no image for the test split");
    }

    @Test
    void shouldReadAnArchiveAsTheFolderThatItIsOf() throws IOException {
        image("pets/test/dog/2.png", 4, 30);
        image("pets/test/cat/1.png", 4, 20);
        image("pets/train/cat/1.png", 4, 1);
        image("pets/train/dog/1.png", 4, 2);
        Path archive = data.resolve("pets.tar.gz");
        Archives.write(
                archive,
                data,
                "pets/test/dog/2.png",
                "pets/test/cat/1.png",
                "pets/train/cat/1.png",
                "pets/train/dog/1.png");
        Dataset dataset = Datasets.open(DatasetKind.FOLDER, Split.TEST, archive);
        assertThat(dataset.classNames()).containsExactly("cat", "dog");
        assertThat(firstValues(dataset)).containsExactly(20, 30);
        assertThat(dataset.sha256())
                .isEqualTo(Datasets.open(DatasetKind.FOLDER, Split.TEST, data.resolve("pets"))
                        .sha256());
    }

    @Test
    void shouldNameTheArchiveThatIsCutOff() throws IOException {
        image("test/dog/2.png", 4, 30);
        Path archive = data.resolve("pets.tar.gz");
        Archives.write(archive, data, "test/dog/2.png");
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Datasets.open(DatasetKind.FOLDER, Split.TEST, archive))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(archive + ": needs to be a whole .tar.gz archive");
    }

    @Test
    void shouldNameTheImageOfAnotherSize() throws IOException {
        image("cat/a.png", 4, 7);
        image("cat/b.png", 5, 7);
        Dataset dataset = Datasets.open(DatasetKind.FOLDER, Split.TRAIN, data);
        assertThatThrownBy(() -> dataset.get(1))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(data.resolve("cat/b.png") + ": an image needs height x width 3 x 4, found 3 x 5");
    }

    @Test
    void shouldNameTheImageThatIsNone() throws IOException {
        Files.writeString(Files.createDirectories(data.resolve("cat")).resolve("a.png"), "GIF89a");
        assertThatThrownBy(() -> Datasets.open(DatasetKind.FOLDER, Split.TRAIN, data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageStartingWith(data.resolve("cat/a.png") + ": needs to be PNG, JPEG");
    }

    @Test
    void shouldSayWhatAFolderNeeds() throws IOException {
        assertThatThrownBy(() -> Datasets.open(DatasetKind.FOLDER, Split.TEST, data))
                .hasMessageContaining(data + ": needs one folder of PNG or JPEG files for each class");
        assertThatThrownBy(() -> Datasets.open(DatasetKind.FOLDER, Split.TEST, data.resolve("none")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("none: needs to be a folder of images");
        Files.createDirectories(data.resolve("cat"));
        assertThatThrownBy(() -> Datasets.open(DatasetKind.FOLDER, Split.TEST, data))
                .hasMessageContaining(data.resolve("cat") + ": needs the PNG or JPEG files of a class");
    }

    @Test
    void shouldRefuseSplitsOfDifferentClasses() throws IOException {
        image("train/cat/a.png", 4, 1);
        image("test/dog/a.png", 4, 1);
        assertThatThrownBy(() -> Datasets.open(DatasetKind.FOLDER, Split.TEST, data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("the same classes, found [cat] and [dog]");
    }

    @Test
    void shouldMissTheSplitThatIsNotThere() throws IOException {
        image("train/cat/a.png", 4, 1);
        assertThatThrownBy(() -> Datasets.open(DatasetKind.FOLDER, Split.TEST, data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(data.resolve("test").toString());
    }

    private void image(String name, int width, int value) throws IOException {
        BufferedImage image = new BufferedImage(width, 3, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 3 * width; i++) {
            image.getRaster().setSample(i % width, i / width, 0, value);
        }
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        assertThat(ImageIO.write(image, name.endsWith("jpeg") ? "jpeg" : "png", file.toFile()))
                .isTrue();
    }

    private static List<Integer> firstValues(Dataset dataset) {
        return IntStream.range(0, dataset.size())
                .mapToObj(i -> dataset.get(i).image().value(0))
                .toList();
    }
}
