// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;

/** CIFAR-10 in its binary form: files of records, each a label and 3 x 32 x 32 values. */
final class Cifar10 {
    static final int IMAGES_PER_FILE = 10_000;

    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final int RECORD_BYTES = 1 + SHAPE.size();
    private static final List<String> CLASS_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final List<String> FOLDERS =
            List.of("cifar10", "cifar-10-batches-bin", "cifar10/cifar-10-batches-bin");
    private static final String ADVICE = "Fetch https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, unpack it and"
            + " name its folder with --data.";

    private Cifar10() {}

    /**
     * Opens a split.
     *
     * @param imagesPerFile how many images each file must hold, {@value #IMAGES_PER_FILE} as published
     */
    static Dataset open(Split split, Path data, int imagesPerFile) {
        DataFolder folder = new DataFolder(data, FOLDERS, ADVICE);
        List<Path> files = split == Split.TEST
                ? List.of(folder.find("test_batch.bin"))
                : IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> folder.find("data_batch_" + i + ".bin"))
                        .toList();
        byte[] labels = new byte[files.size() * imagesPerFile];
        byte[] values = new byte[labels.length * SHAPE.size()];
        for (int i = 0; i < files.size(); i++) {
            read(files.get(i), i * imagesPerFile, imagesPerFile, labels, values);
        }
        return new StoredImages(DatasetKind.CIFAR10 + "/" + split, SHAPE, CLASS_NAMES, values, labels);
    }

    private static void read(Path file, int first, int count, byte[] labels, byte[] values) {
        int expected = count * RECORD_BYTES;
        byte[] bytes = DataFolder.read(file, expected + 1);
        if (bytes.length != expected) {
            throw new InvalidDataException(file + ": needs " + count + " records of " + RECORD_BYTES + " bytes, "
                    + expected + " in all, found " + (bytes.length > expected ? "more" : bytes.length)
                    + "; fetch it again");
        }
        for (int i = 0; i < count; i++) {
            byte label = bytes[i * RECORD_BYTES];
            if (label < 0 || label >= CLASS_NAMES.size()) {
                throw new InvalidDataException(file + ": needs labels 0 to 9, found " + (label & 0xFF) + " in record "
                        + i + "; fetch it again");
            }
            labels[first + i] = label;
            System.arraycopy(bytes, i * RECORD_BYTES + 1, values, (first + i) * SHAPE.size(), SHAPE.size());
        }
    }
}
