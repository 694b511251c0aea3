// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;

/** MNIST and data sets in its format, as the four idx files in which it is published. */
final class Mnist {
    static final List<String> CLASS_NAMES =
            IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    private static final List<String> FOLDERS = List.of("mnist", "MNIST", "MNIST/raw");
    private static final String ADVICE = "Fetch the four files of MNIST, for instance from"
            + " https://storage.googleapis.com/cvdf-datasets/mnist/, into one folder and name it with --data;"
            + " or take --dataset digits, which needs no files.";

    private Mnist() {}

    static Dataset open(Split split, Path data) {
        DataFolder folder = new DataFolder(data, FOLDERS, ADVICE);
        String prefix = split == Split.TRAIN ? "train" : "t10k";
        IdxFile images = IdxFile.read(find(folder, prefix + "-images-idx3-ubyte"), 3);
        IdxFile labels = IdxFile.read(find(folder, prefix + "-labels-idx1-ubyte"), 1);
        if (images.dimension(0) != labels.dimension(0)) {
            throw new InvalidDataException(images.path() + " has " + images.dimension(0) + " images, but "
                    + labels.path() + " has " + labels.dimension(0) + " labels; they need to be of one data set");
        }
        for (byte label : labels.values()) {
            if ((label & 0xFF) >= CLASS_NAMES.size()) {
                throw new InvalidDataException(labels.path() + ": needs labels 0 to 9, found " + (label & 0xFF));
            }
        }
        ImageShape shape = new ImageShape(1, images.dimension(1), images.dimension(2));
        return new StoredImages(DatasetKind.MNIST + "/" + split, shape, CLASS_NAMES, images.values(), labels.values());
    }

    private static Path find(DataFolder folder, String name) {
        return folder.find(name, name + ".gz");
    }
}
