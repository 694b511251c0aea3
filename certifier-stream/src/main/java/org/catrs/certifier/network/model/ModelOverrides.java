// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.model;

import java.util.List;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.MachineShare;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/**
 * What the user says of a model; the rest comes from its manifest.
 *
 * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]; null for the manifest's
 * @param name name of the model; null for the manifest's, or the file's without a manifest
 * @param classNames names of the classes in the order of the logits; empty for the manifest's, or the classes' numbers
 *     without a manifest
 * @param inference how the network is run
 */
public record ModelOverrides(
        @Nullable Double sigma, @Nullable String name, List<String> classNames, InferenceOptions inference) {
    /** What the manifest says. */
    public static final ModelOverrides DEFAULT = new ModelOverrides(null, null, List.of(), InferenceOptions.DEFAULT);

    /** @throws InvalidDataException when sigma is not above 0 and finite, or the name is blank */
    public ModelOverrides {
        if (sigma != null && !(sigma > 0 && sigma < Double.POSITIVE_INFINITY)) {
            throw new InvalidDataException("sigma must be above 0, found " + sigma);
        }
        if (name != null && name.isBlank()) {
            throw new InvalidDataException("the model's name must not be blank");
        }
        classNames = List.copyOf(classNames);
    }

    /** The same for a model that is opened while images are certified with others. */
    public ModelOverrides besideImages() {
        return new ModelOverrides(sigma, name, classNames, inference.at(MachineShare.BESIDE_IMAGES));
    }
}
