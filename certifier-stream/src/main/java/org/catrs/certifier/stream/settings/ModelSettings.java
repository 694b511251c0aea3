// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;

import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.catrs.certifier.network.model.ModelOptions;
import org.catrs.program.settings.SettingValues;
import org.catrs.program.settings.Validators;
import org.jspecify.annotations.Nullable;

/** The settings of the one model that is configured, and of the noise that models are served with. */
final class ModelSettings {
    static final String MODEL = "model";
    static final String MODEL_NAME = "model.name";
    static final String MODEL_CLASSES = "model.classes";
    static final String SIGMA = "sigma";

    private static final @Nullable Object FROM_THE_MODEL = null;
    private static final @Nullable Object NONE = null;

    private ModelSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        MODEL,
                        ConfigDef.Type.STRING,
                        NONE,
                        new NonEmptyString(),
                        HIGH,
                        "Folder of the one model to serve, or an ONNX file; without it, released models are served.")
                .define(
                        MODEL_NAME,
                        ConfigDef.Type.STRING,
                        FROM_THE_MODEL,
                        LOW,
                        "Name of the model in certificates, for a model without a manifest.")
                .define(
                        MODEL_CLASSES,
                        ConfigDef.Type.LIST,
                        "",
                        LOW,
                        "Names of the classes, in the order of the logits and separated by commas, for a model without a"
                                + " manifest.")
                .define(
                        SIGMA,
                        ConfigDef.Type.DOUBLE,
                        FROM_THE_MODEL,
                        Validators.between(0, Double.POSITIVE_INFINITY),
                        HIGH,
                        "Standard deviation of the noise, in units of pixels scaled to [0, 1]; the one that the model was"
                                + " trained at where none is given.");
    }

    /** Folder or file of the one model that is served. */
    static Path model(SettingValues values) {
        return Path.of(values.text(MODEL));
    }

    static ModelOptions options(SettingValues values) {
        return new ModelOptions(
                (Double) values.orNull(SIGMA),
                (String) values.orNull(MODEL_NAME),
                values.texts(MODEL_CLASSES),
                InferenceSettings.options(values));
    }
}
