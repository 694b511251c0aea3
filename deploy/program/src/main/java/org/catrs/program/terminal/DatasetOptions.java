// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.terminal;

import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.DatasetKind;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a data set; mixed into the commands that read one. */
public final class DatasetOptions {
    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "KIND",
            description = "kind of the data set: ${COMPLETION-CANDIDATES}")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private DatasetKind kind;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:CATRS_DATA}",
            description = "folder that holds the data set's files, or its parent; for cifar10 and folder also a .tar.gz"
                    + " of it; not needed for digits. A folder of images has one folder for each class, within train"
                    + " and test; without these two, a tenth of its images is the test split (default: the environment"
                    + " variable CATRS_DATA)")
    private @Nullable Path data;

    /** Kind of the data set. */
    public DatasetKind kind() {
        return kind;
    }

    /**
     * Opens a split of the data set.
     *
     * @throws InvalidDataException when its files are missing or damaged
     */
    public Dataset open(Split split) {
        return Datasets.open(kind, split, data);
    }
}
