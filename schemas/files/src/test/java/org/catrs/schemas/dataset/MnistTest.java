// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {
    private static final int IMAGES_MAGIC = 0x00000803;
    private static final int LABELS_MAGIC = 0x00000801;
    private static final byte[] TWO_IMAGES = idx(new int[] {IMAGES_MAGIC, 2, 1, 3}, 1, 2, 3, 4, 5, 255);
    private static final byte[] TWO_LABELS = idx(new int[] {LABELS_MAGIC, 2}, 9, 0);

    @TempDir
    private Path data;

    @Test
    void shouldReadPlainFiles() throws IOException {
        write(data, "", TWO_IMAGES, TWO_LABELS);
        Dataset dataset = Datasets.open(DatasetKind.MNIST, Split.TEST, data);
        assertThat(dataset.name()).isEqualTo("mnist/test");
        assertThat(dataset.size()).isEqualTo(2);
        assertThat(dataset.classNames()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        ImageShape shape = new ImageShape(1, 1, 3);
        assertThat(dataset.shape()).isEqualTo(shape);
        assertThat(dataset.get(1))
                .isEqualTo(new LabelledImage(ImageTensor.of(shape, new byte[] {4, 5, (byte) 255}), 0));
        assertThatThrownBy(() -> dataset.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> dataset.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void shouldReadGzippedFilesInAFolderInside() throws IOException {
        write(Files.createDirectories(data.resolve("MNIST/raw")), ".gz", gzip(TWO_IMAGES), gzip(TWO_LABELS));
        assertThat(Datasets.open(DatasetKind.MNIST, Split.TEST, data).get(0).label())
                .isEqualTo(9);
    }

    // Python: sha256(pack(">i", 9) + bytes([1, 2, 3]) + pack(">i", 0) + bytes([4, 5, 255]))
    @Test
    void shouldHashLabelsAndValuesInTheirOrder() throws IOException {
        write(data, "", TWO_IMAGES, TWO_LABELS);
        assertThat(Datasets.open(DatasetKind.MNIST, Split.TEST, data).sha256())
                .isEqualTo("4221a30d0f3b2c436145fafde70897755e91bc5286235245f16906b13ad6fcf6");
    }

    @Test
    void shouldSayWhereItLookedAndHowToGetTheFiles() {
        assertThatThrownBy(() -> Datasets.open(DatasetKind.MNIST, Split.TRAIN, data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(
                        "train-images-idx3-ubyte or train-images-idx3-ubyte.gz not found in " + data + ", ")
                .hasMessageContaining(data.resolve("mnist").toString())
                .hasMessageContaining("https://")
                .hasMessageContaining("--data");
        assertThatThrownBy(() -> Datasets.open(DatasetKind.MNIST, Split.TRAIN, null))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("--data DIR");
    }

    @Test
    void shouldNameTheFileThatIsDamaged() throws IOException {
        byte[] longer = Arrays.copyOf(TWO_IMAGES, TWO_IMAGES.length + 1);
        byte[] cut = Arrays.copyOf(TWO_IMAGES, TWO_IMAGES.length - 1);
        assertRefused(cut, TWO_LABELS, "", "images-idx3-ubyte: its header [2, 1, 3] announces 6 values, found 5");
        assertRefused(longer, TWO_LABELS, "", "announces 6 values, found 7");
        assertRefused(Arrays.copyOf(TWO_IMAGES, 15), TWO_LABELS, "", "needs an idx header of 16 bytes, found 15");
        assertRefused(TWO_LABELS, TWO_LABELS, "", "needs an idx header of 16 bytes, found 10");
        assertRefused(
                idx(new int[] {LABELS_MAGIC, 2, 1, 3}),
                TWO_LABELS,
                "",
                "needs the idx magic 0x00000803, found 0x00000801");
        assertRefused(idx(new int[] {IMAGES_MAGIC, 2, -1, 3}), TWO_LABELS, "", "positive dimensions");
        assertRefused(idx(new int[] {IMAGES_MAGIC, 1 << 30, 1 << 30, 1 << 30}), TWO_LABELS, "", "less than 2^31");
        assertRefused(TWO_IMAGES, idx(new int[] {LABELS_MAGIC, 1}, 9), "", "has 2 images, but");
        assertRefused(TWO_IMAGES, idx(new int[] {LABELS_MAGIC, 2}, 9, 10), "", "needs labels 0 to 9, found 10");
    }

    @Test
    void shouldNameTheArchiveThatIsDamaged() throws IOException {
        byte[] zipped = gzip(TWO_IMAGES);
        assertRefused(
                Arrays.copyOf(zipped, zipped.length - 9),
                gzip(TWO_LABELS),
                ".gz",
                "images-idx3-ubyte.gz: cannot be read");
        assertRefused(TWO_IMAGES, gzip(TWO_LABELS), ".gz", "images-idx3-ubyte.gz: cannot be read");
    }

    // Size and first labels as published at the data set's own page
    @Test
    void shouldReadTheRealMnist() {
        String folder = System.getenv("CATRS_DATA");
        assumeTrue(folder != null, "CATRS_DATA names no folder with MNIST");
        Dataset train = Datasets.open(DatasetKind.MNIST, Split.TRAIN, Path.of(folder));
        Dataset test = Datasets.open(DatasetKind.MNIST, Split.TEST, Path.of(folder));
        assertThat(train.size()).isEqualTo(60_000);
        assertThat(test.size()).isEqualTo(10_000);
        assertThat(test.shape()).isEqualTo(new ImageShape(1, 28, 28));
        assertThat(train.get(0).label()).isEqualTo(5);
        assertThat(test.get(0).label()).isEqualTo(7);
    }

    private void assertRefused(byte[] images, byte[] labels, String suffix, String message) throws IOException {
        write(data, suffix, images, labels);
        assertThatThrownBy(() -> Datasets.open(DatasetKind.MNIST, Split.TEST, data))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(data.toString())
                .hasMessageContaining(message);
    }

    private static void write(Path folder, String suffix, byte[] images, byte[] labels) throws IOException {
        Files.write(folder.resolve("t10k-images-idx3-ubyte" + suffix), images);
        Files.write(folder.resolve("t10k-labels-idx1-ubyte" + suffix), labels);
    }

    private static byte[] idx(int[] header, int... values) {
        ByteBuffer buffer = ByteBuffer.allocate(Integer.BYTES * header.length + values.length);
        Arrays.stream(header).forEach(buffer::putInt);
        Arrays.stream(values).forEach(value -> buffer.put((byte) value));
        return buffer.array();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
