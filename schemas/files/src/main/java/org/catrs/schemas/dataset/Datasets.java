// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/** Opens data sets by kind. */
public final class Datasets {
    private static final int DIGITS_TRAIN_SIZE = 60_000;
    private static final int DIGITS_TEST_SIZE = 10_000;
    private static final long DIGITS_SEED = 1;

    private Datasets() {}

    /**
     * Opens a split of a data set.
     *
     * @param data the folder that holds the data set's files, or its parent, or, but for MNIST, a {@code .tar.gz} of it;
     *     null where the user gave none, which only {@link DatasetKind#DIGITS} can do without
     * @throws InvalidDataException when the files are missing or damaged; the message names the file, what was expected
     *     and how to get it
     */
    public static Dataset open(DatasetKind kind, Split split, @Nullable Path data) {
        return switch (kind) {
            case MNIST -> Mnist.open(split, required(kind, data));
            case CIFAR10 -> Cifar10.open(split, required(kind, data), Cifar10.IMAGES_PER_FILE);
            case FOLDER -> ImageFolder.open(split, required(kind, data));
            case DIGITS -> digits(DIGITS_SEED, split, split == Split.TRAIN ? DIGITS_TRAIN_SIZE : DIGITS_TEST_SIZE);
        };
    }

    private static Path required(DatasetKind kind, @Nullable Path data) {
        if (data == null) {
            throw new InvalidDataException("data set " + kind
                    + " needs --data DIR, the folder that holds its files, or the environment variable CATRS_DATA");
        }
        return data;
    }

    /**
     * Handwriting-like digits, 1 x 28 x 28, drawn when they are asked for; the same on every machine.
     *
     * @param seed other seeds give other digits
     * @param size number of images; a longer data set begins with the shorter one
     * @throws IllegalArgumentException when the size is below 1
     */
    public static Dataset digits(long seed, Split split, int size) {
        return new DrawnDigits(seed, split, size);
    }
}
