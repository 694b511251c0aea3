// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/** Opens data sets by kind. */
public final class Datasets {
    private Datasets() {}

    /**
     * Opens a split of a data set.
     *
     * @param data the folder that holds the data set's files, or its parent; null where the user gave none, which only
     *     {@link DatasetKind#DIGITS} can do without
     * @throws InvalidDataException when the files are missing or damaged; the message names the file, what was expected
     *     and how to get it
     */
    public static Dataset open(DatasetKind kind, Split split, @Nullable Path data) {
        if (kind == DatasetKind.DIGITS || data != null) {
            throw new InvalidDataException("data set " + kind + "/" + split + " cannot be opened from " + data);
        }
        throw new InvalidDataException("data set " + kind + " needs --data DIR");
    }
}
