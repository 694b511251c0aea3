// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.util.Locale;

/** The data set formats that catrs reads; a command line names them in lower case. */
public enum DatasetKind {
    /** MNIST and its kin: idx files, plain or gzipped. */
    MNIST,
    /** CIFAR-10 in its binary form, or as image files. */
    CIFAR10,
    /** A folder with one folder of PNG and JPEG files for each class, also as a .tar.gz. */
    FOLDER,
    /** Handwriting-like digits, drawn from a seed; needs no files. */
    DIGITS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
