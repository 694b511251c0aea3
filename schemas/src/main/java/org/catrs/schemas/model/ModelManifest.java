// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.image.ImageShape;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model, in {@value #FILE_NAME} beside its ONNX file {@value #ONNX_FILE_NAME}.
 *
 * @param name name of the model
 * @param version version of this training of it
 * @param sha256 SHA-256 of the ONNX file, lower-case hex
 * @param inputShape shape of the images that it takes
 * @param classNames names of the classes, in the order of the logits
 * @param sigma standard deviation of the noise that it was trained at, in units of pixels scaled to [0, 1]
 * @param architecture name of the network's architecture
 * @param method name of the training method
 * @param hyperparameters all the method's and the schedule's hyperparameters, by name
 * @param dataset the data that it was trained on
 * @param epochs passes over the data; may be fractional
 * @param seed seed of the training
 * @param engines versions of what trained and exported it, by name
 * @param exportParity what the check of the exported file against the trained network gave
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelManifest(
        String name,
        String version,
        String sha256,
        ImageShape inputShape,
        List<String> classNames,
        double sigma,
        String architecture,
        String method,
        Map<String, String> hyperparameters,
        DatasetReference dataset,
        double epochs,
        long seed,
        Map<String, String> engines,
        @Nullable ExportParity exportParity) {
    /** Name of the manifest's file in a model's folder. */
    public static final String FILE_NAME = "model.json";

    /** Name of the network's file in a model's folder. */
    public static final String ONNX_FILE_NAME = "model.onnx";

    /** Copies the collections. */
    public ModelManifest {
        classNames = List.copyOf(classNames);
        hyperparameters = Map.copyOf(hyperparameters);
        engines = Map.copyOf(engines);
    }

    /**
     * The data that a model was trained on.
     *
     * @param name name of the data set and its split
     * @param sha256 hash of its images and labels, see {@link org.catrs.schemas.dataset.Dataset#sha256()}
     * @param size number of images
     */
    public record DatasetReference(String name, String sha256, int size) {}

    /**
     * How closely the exported file follows the trained network on noisy images.
     *
     * @param images number of noisy images compared
     * @param largestLogitDifference largest absolute difference of a logit
     * @param argmaxAgreement share of images with the same largest logit, 0 to 1
     */
    public record ExportParity(int images, double largestLogitDifference, double argmaxAgreement) {}
}
