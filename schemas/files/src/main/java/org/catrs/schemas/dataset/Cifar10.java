// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;

/**
 * CIFAR-10, as folders or as a {@code .tar.gz} of them: in its binary form, files of records, each a label and
 * 3 x 32 x 32 values; or as image files in {@code train/<class>/} and {@code test/<class>/}.
 */
final class Cifar10 {
    static final int IMAGES_PER_FILE = 10_000;

    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
    private static final int RECORD_BYTES = 1 + SHAPE.size();
    static final List<String> CLASS_NAMES =
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final List<String> FOLDERS =
            List.of("cifar10", "cifar-10-batches-bin", "cifar10/cifar-10-batches-bin");
    private static final String[] ARCHIVES = {"cifar-10-binary.tar.gz", "cifar10-jpeg.tar.gz"};
    private static final String TEST_FILE = "test_batch.bin";
    private static final List<String> TRAINING_FILES = IntStream.rangeClosed(1, 5)
            .mapToObj(i -> "data_batch_" + i + ".bin")
            .toList();
    private static final String ADVICE = "Fetch https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz and name it, or"
            + " the folder that it is unpacked to, with --data; or name a folder with train/airplane/, test/airplane/"
            + " and so on.";

    private Cifar10() {}

    /**
     * Opens a split.
     *
     * @param imagesPerFile how many images each binary file must hold, {@value #IMAGES_PER_FILE} as published
     */
    static Dataset open(Split split, Path data, int imagesPerFile) {
        FileTree tree = tree(split, data);
        return tree.folders(FileTree.ROOT).contains(split.toString())
                ? classFolders(split, tree)
                : binary(split, tree, imagesPerFile);
    }

    private static FileTree tree(Split split, Path data) {
        if (TarTree.isArchive(data)) {
            return archive(split, data);
        }
        DataFolder folder = new DataFolder(data, FOLDERS, ADVICE);
        return folder.place(Cifar10::holdsFiles)
                .<FileTree>map(DiskTree::new)
                .orElseGet(() -> archive(split, folder.find(ARCHIVES)));
    }

    private static boolean holdsFiles(Path place) {
        return Files.exists(place.resolve(TEST_FILE))
                || Files.exists(place.resolve(TRAINING_FILES.get(0)))
                || Files.isDirectory(place.resolve(Split.TRAIN.toString()))
                || Files.isDirectory(place.resolve(Split.TEST.toString()));
    }

    private static FileTree archive(Split split, Path file) {
        List<String> binary = binaryFiles(split);
        return TarTree.read(file, name -> binary.contains(name) || ImageFolder.isImage(name));
    }

    private static List<String> binaryFiles(Split split) {
        return split == Split.TEST ? List.of(TEST_FILE) : TRAINING_FILES;
    }

    private static Dataset classFolders(Split split, FileTree tree) {
        boolean jpeg = tree.files(split + "/" + CLASS_NAMES.get(0)).stream().anyMatch(ImageFolder::isJpeg);
        Dataset images = ImageFolder.open(DatasetKind.CIFAR10 + (jpeg ? "-jpeg" : ""), split, tree);
        if (!images.classNames().equals(CLASS_NAMES) || !images.shape().equals(SHAPE)) {
            throw new InvalidDataException(tree.describe(split.toString()) + ": needs images of " + SHAPE
                    + " in folders " + CLASS_NAMES + ", found " + images.shape() + " in " + images.classNames()
                    + "; for your own images take --dataset folder");
        }
        return images;
    }

    private static Dataset binary(Split split, FileTree tree, int imagesPerFile) {
        List<String> files = binaryFiles(split);
        byte[] labels = new byte[files.size() * imagesPerFile];
        byte[] values = new byte[labels.length * SHAPE.size()];
        for (int i = 0; i < files.size(); i++) {
            if (!tree.files(FileTree.ROOT).contains(files.get(i))) {
                throw new InvalidDataException(
                        files.get(i) + " not found in " + tree.describe(FileTree.ROOT) + ". " + ADVICE);
            }
            read(tree, files.get(i), i * imagesPerFile, imagesPerFile, labels, values);
        }
        return new StoredImages(DatasetKind.CIFAR10 + "/" + split, SHAPE, CLASS_NAMES, values, labels);
    }

    private static void read(FileTree tree, String name, int first, int count, byte[] labels, byte[] values) {
        int expected = count * RECORD_BYTES;
        String file = tree.describe(name);
        byte[] bytes = tree.read(name, expected + 1);
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
