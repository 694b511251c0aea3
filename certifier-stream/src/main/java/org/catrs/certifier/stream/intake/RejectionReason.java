// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

/** Why an image was rejected: an error code in a header of the rejected record and in a label of the metric. */
public enum RejectionReason {
    EMPTY_VALUE(
            Stage.INTAKE,
            Fault.INPUT,
            "The record has no value, or an empty one.",
            "Send the image as the record's value; images is no compacted topic, and knows no deletion."),
    MISSING_KEY(
            Stage.INTAKE,
            Fault.INPUT,
            "The record has no key, and the topic of predictions is compacted, which takes no record without one.",
            "Send each image with a key, or let the topic of predictions delete old records instead of compacting them."),
    UNKNOWN_CONTENT_TYPE(
            Stage.INTAKE,
            Fault.INPUT,
            "The header content-type is missing, or names no format that can be decoded.",
            "Send image/png, image/jpeg or application/x-catrs-tensor in the header content-type."),
    INVALID_CLOUD_EVENT(
            Stage.INTAKE,
            Fault.INPUT,
            "The record says that it is a CloudEvent, and is none of version 1.0, or has no image in it.",
            "Send an event with all required attributes; in JSON, with the image in data_base64 and its content type in"
                    + " datacontenttype."),
    UNKNOWN_MODEL(
            Stage.INTAKE,
            Fault.INPUT,
            "The image names a model that is not served, or names none and the default model is not served.",
            "Name a model that 'deploy/catrs models list' shows, or release the one that is missing."),
    INVALID_PLAN(
            Stage.INTAKE,
            Fault.INPUT,
            "The header target-radius or deadline is no number above 0.",
            "Send a decimal number above 0, as text, or leave the header away."),
    TOO_MANY_BYTES(
            Stage.INTAKE,
            Fault.INPUT,
            "The value has more bytes than the service accepts, or the key has more than 16384.",
            "Send a smaller image, or raise image.max.bytes; or send a shorter key."),
    TOO_MANY_PIXELS(
            Stage.DECODE,
            Fault.INPUT,
            "The image says that it has more pixels than the service accepts.",
            "Send a smaller image, or raise image.max.pixels."),
    UNSUPPORTED_IMAGE(
            Stage.DECODE,
            Fault.INPUT,
            "A variant of the format that is not decoded, such as 16-bit PNG.",
            "Send 8 bits for each channel, in gray or RGB."),
    CORRUPT_IMAGE(
            Stage.DECODE,
            Fault.INPUT,
            "The bytes are damaged, truncated, or not in the format that the content type names.",
            "Send the file as it is, with the content type that it has."),
    WRONG_SHAPE(
            Stage.DECODE,
            Fault.INPUT,
            "The image has another height, width or number of channels than the model takes.",
            "Resize the image before it is sent: a certificate is about the pixels that were sent."),
    OUT_OF_MEMORY(
            Stage.DECODE,
            Fault.INFRASTRUCTURE,
            "There was not enough memory to decode the image.",
            "Send it again; give the service more memory, or lower image.max.pixels."),
    INFERENCE_FAILED(
            Stage.INFERENCE,
            Fault.MODEL,
            "The model certifies other images, but not this one.",
            "Look at the message in the record's headers; try another model."),
    TOO_SLOW(
            Stage.INFERENCE,
            Fault.INFRASTRUCTURE,
            "The image was still being certified when answers to later images of its partition had waited for it for"
                    + " record.max.seconds.",
            "Send it with a deadline or a target radius, or let the service spend fewer samples; or raise"
                    + " record.max.seconds."),
    ANSWER_TOO_LARGE(
            Stage.ANSWER,
            Fault.INFRASTRUCTURE,
            "The certificate is larger than what can be sent to the topic of predictions.",
            "Raise the topic's max.message.bytes, and the producer's max.request.size where it is set; then send the"
                    + " image again.");

    private final Stage stage;
    private final Fault fault;
    private final String meaning;
    private final String remedy;

    RejectionReason(Stage stage, Fault fault, String meaning, String remedy) {
        this.stage = stage;
        this.fault = fault;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    public Stage stage() {
        return stage;
    }

    public Fault fault() {
        return fault;
    }

    /** What was found, in a sentence. */
    public String meaning() {
        return meaning;
    }

    /** What to do about it, in a sentence. */
    public String remedy() {
        return remedy;
    }
}
