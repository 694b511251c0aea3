// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.catrs.schemas.model.ModelManifest;
import org.jspecify.annotations.Nullable;

/**
 * The trained models that come with catrs, each in a folder of its name.
 *
 * @param folder that holds them; null where this process was not told of one
 */
record ShippedModels(@Nullable Path folder) {
    /** System property by which whoever starts the process tells where the models are. */
    private static final String PROPERTY = "catrs.models";

    static ShippedModels ofThisProcess() {
        String folder = System.getProperty(PROPERTY);
        return new ShippedModels(folder == null ? null : Path.of(folder));
    }

    /** The folder of the model that is named so. */
    Optional<Path> find(Path name) {
        return names().contains(name.toString())
                ? Optional.ofNullable(folder).map(models -> models.resolve(name))
                : Optional.empty();
    }

    /** Their names, in order. */
    List<String> names() {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> models = Files.list(folder)) {
            return models.filter(model -> Files.isRegularFile(model.resolve(ModelManifest.FILE_NAME)))
                    .map(model -> String.valueOf(model.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException exception) {
            throw new UncheckedIOException(folder + " cannot be read", exception);
        }
    }
}
