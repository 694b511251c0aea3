// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.options;

import java.nio.file.Path;
import org.catrs.program.terminal.DatasetOptions;
import org.catrs.schemas.dataset.DatasetImages;
import org.catrs.schemas.dataset.FolderImages;
import org.catrs.schemas.dataset.ImageSource;
import org.catrs.schemas.dataset.Split;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Where images come from: exactly one of the two is given. An argument group of commands. */
public final class ImageSourceOptions {
    @Option(names = "--images", required = true, paramLabel = "DIR", description = "folder of PNG and JPEG files")
    private @Nullable Path folder;

    @ArgGroup(exclusive = false)
    private @Nullable DatasetOptions dataset;

    /**
     * Opens the images.
     *
     * @param split part of a data set
     * @throws org.catrs.schemas.InvalidDataException when they cannot be read
     */
    public ImageSource open(Split split) {
        if (folder != null) {
            return new FolderImages(folder);
        }
        if (dataset != null) {
            return new DatasetImages(dataset.open(split));
        }
        throw new IllegalStateException("one of the two is given");
    }
}
