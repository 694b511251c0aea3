// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

/** Why an image was rejected: an error code in a header of the rejected record and in a label of the metric. */
public enum RejectionReason {
    /** The record has no value, or an empty one. */
    EMPTY_VALUE(Stage.INTAKE, Fault.INPUT),
    /** The content-type header is missing, or names no format that can be decoded. */
    UNKNOWN_CONTENT_TYPE(Stage.INTAKE, Fault.INPUT),
    /** The image names a model that is not served, or names none and the default model is not served. */
    UNKNOWN_MODEL(Stage.INTAKE, Fault.INPUT),
    /** A header asks for a target radius or a deadline that is no number above 0. */
    INVALID_PLAN(Stage.INTAKE, Fault.INPUT),
    /** The value has more bytes than the service accepts. */
    TOO_MANY_BYTES(Stage.INTAKE, Fault.INPUT),
    /** The image says that it has more pixels than the service accepts. */
    TOO_MANY_PIXELS(Stage.DECODE, Fault.INPUT),
    /** A variant of the format that is not decoded, such as 16-bit PNG. */
    UNSUPPORTED_IMAGE(Stage.DECODE, Fault.INPUT),
    /** The bytes are damaged, truncated, or not in the format that the content type names. */
    CORRUPT_IMAGE(Stage.DECODE, Fault.INPUT),
    /** The image has another height, width or number of channels than the model takes. */
    WRONG_SHAPE(Stage.DECODE, Fault.INPUT),
    /** There was not enough memory to decode the image. */
    OUT_OF_MEMORY(Stage.DECODE, Fault.INFRASTRUCTURE),
    /** The model certifies other images, but not this one. */
    INFERENCE_FAILED(Stage.INFERENCE, Fault.MODEL);

    private final Stage stage;
    private final Fault fault;

    RejectionReason(Stage stage, Fault fault) {
        this.stage = stage;
        this.fault = fault;
    }

    public Stage stage() {
        return stage;
    }

    public Fault fault() {
        return fault;
    }
}
