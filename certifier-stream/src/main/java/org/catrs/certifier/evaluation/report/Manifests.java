// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.catrs.certifier.evaluation.rows.EvaluationRun;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.model.ModelManifest;

/**
 * The manifests of the models below a folder.
 *
 * @param bySha256 by the SHA-256 of the network
 */
record Manifests(Path folder, Map<String, ModelManifest> bySha256) {
    /** How deep models lie: those of a reproduction, and the quantised networks within their folders. */
    private static final int DEPTH = 4;

    /** @throws InvalidDataException when the folder or a manifest cannot be read */
    static Manifests below(Path folder) {
        Map<String, ModelManifest> found = new HashMap<>();
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            List<Path> manifests = files.filter(file -> file.endsWith(ModelManifest.FILE_NAME))
                    .sorted()
                    .toList();
            for (Path file : manifests) {
                ModelManifest manifest = ModelManifest.read(file);
                found.put(manifest.sha256(), manifest);
            }
        } catch (IOException exception) {
            throw InvalidDataException.unreadable(folder, exception);
        }
        return new Manifests(folder, found);
    }

    /**
     * The manifest of the model that a file is of.
     *
     * @throws InvalidDataException when there is none
     */
    ModelManifest of(Path file, EvaluationRun run) {
        ModelManifest manifest = bySha256.get(run.model().sha256());
        if (manifest == null) {
            throw new InvalidDataException(
                    file + " is of the model " + run.model().name() + " with SHA-256 "
                            + run.model().sha256() + ", and no " + ModelManifest.FILE_NAME + " below " + folder
                            + " has it; name the folder that holds the model's");
        }
        return manifest;
    }
}
