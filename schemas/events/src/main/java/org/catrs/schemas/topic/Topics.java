// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.topic;

/** Names of the topics, unless a configuration says otherwise. */
public final class Topics {
    /** Images to certify; key is the image id. */
    public static final String IMAGES = "images";

    /** Certified labels and abstentions; same key as the image. */
    public static final String CERTIFIED_PREDICTIONS = "certified-predictions";

    /** Images that could not be certified, as they came, with the reason in headers. */
    public static final String IMAGES_REJECTED = "images-rejected";

    /** Released models (compacted); key is the model's name. */
    public static final String MODELS = "models";

    /** What certifiers made of the releases (compacted); key is {@code NAME@INSTANCE}. */
    public static final String MODEL_STATUS = "model-status";

    /** Orders to train a model; key is the job id. */
    public static final String TRAINING_JOBS = "training-jobs";

    /** Progress of training jobs (compacted); key is the job id. */
    public static final String TRAINING_STATUS = "training-status";

    private Topics() {}
}
