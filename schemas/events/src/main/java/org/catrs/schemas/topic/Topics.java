// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.topic;

import java.util.List;

/** The topics, by the names that they have unless a configuration says otherwise. */
public final class Topics {
    public static final String IMAGES = "images";
    public static final String CERTIFIED_PREDICTIONS = "certified-predictions";
    public static final String IMAGES_REJECTED = "images-rejected";
    public static final String CERTIFICATION_RATES = "certification-rates";
    public static final String SHIFT_EVENTS = "shift-events";
    public static final String MODELS = "models";
    public static final String MODEL_STATUS = "model-status";
    public static final String TRAINING_JOBS = "training-jobs";
    public static final String TRAINING_STATUS = "training-status";

    /** What stands on each topic, in the order of the data's way. */
    public static final List<Topic> ALL = List.of(
            new Topic(
                    IMAGES,
                    "image id",
                    "PNG, JPEG or raw tensor; its header content-type says which",
                    false,
                    "your producers, publish",
                    "serve",
                    "Images to certify. Headers may name a model, a target radius, a deadline and the true label."),
            new Topic(
                    CERTIFIED_PREDICTIONS,
                    "image id",
                    "CertifiedPrediction (JSON or Avro)",
                    false,
                    "serve",
                    "your consumers, watch, replay",
                    "Certified labels with their radius, and abstentions."),
            new Topic(
                    IMAGES_REJECTED,
                    "image id",
                    "the image as it came",
                    false,
                    "serve",
                    "you",
                    "Images that could not be certified, with their headers, and the reason in further headers."),
            new Topic(
                    CERTIFICATION_RATES,
                    "model name @ begin of the minute",
                    "CertificationRates (JSON)",
                    false,
                    "serve",
                    "you",
                    "What became of the images of each model in each minute."),
            new Topic(
                    SHIFT_EVENTS,
                    "model name",
                    "ShiftEvent (JSON)",
                    false,
                    "serve",
                    "you",
                    "Answers that are no longer those of the baseline, and when they are again."),
            new Topic(
                    TRAINING_JOBS,
                    "job id",
                    "TrainingJob (JSON or Avro)",
                    false,
                    "you",
                    "trainer",
                    "Orders to train a model; a record with a job's key and no value cancels it."),
            new Topic(
                    TRAINING_STATUS,
                    "job id",
                    "TrainingStatus (JSON or Avro)",
                    true,
                    "trainer",
                    "you",
                    "What became of each job, and how far it is."),
            new Topic(
                    MODELS,
                    "model name",
                    "ModelRelease (JSON or Avro)",
                    true,
                    "trainer, models release, models retire",
                    "serve, models list",
                    "Released models; a record with a model's key and no value retires it."),
            new Topic(
                    MODEL_STATUS,
                    "model name @ instance",
                    "ModelStatus (JSON)",
                    true,
                    "serve",
                    "models status",
                    "What each instance made of the releases."));

    private Topics() {}

    /**
     * What stands on a topic.
     *
     * @param name unless a configuration says otherwise
     * @param key what its records' keys are
     * @param value what its records' values are
     * @param isCompacted whether it must keep the last record of each key
     * @param writtenBy commands and others that write to it
     * @param readBy commands and others that read it
     * @param meaning of its records, in a sentence
     */
    public record Topic(
            String name,
            String key,
            String value,
            boolean isCompacted,
            String writtenBy,
            String readBy,
            String meaning) {}
}
