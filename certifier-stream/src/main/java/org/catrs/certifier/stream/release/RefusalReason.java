// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

/** Why a release is not served: a code in the record of its status and in a label of the metric. */
enum RefusalReason {
    /** The record is no release, or its key is not the model's name. */
    MALFORMED_RELEASE,
    /** The location is outside the folders and buckets that the configuration allows. */
    LOCATION_NOT_ALLOWED,
    /** The store has no such file; looked for again until it has. */
    NOT_FOUND,
    /** The store cannot be reached; tried again until it can. */
    STORE_UNREACHABLE,
    /** The store is reached and gives nothing, or next to nothing; tried again. */
    STORE_TIMED_OUT,
    /** The folder that models are kept in here is full, or cannot be used; tried again until it can. */
    CACHE_UNUSABLE,
    /** A file, or what the network says of itself, is larger than the configuration allows. */
    TOO_LARGE,
    /** There is no signature, or none of the configured keys made it. */
    WRONG_SIGNATURE,
    /** The network, or every release of the model that was issued then, is on the list of what is revoked. */
    REVOKED,
    /** A release of the model that was issued later was served already. */
    OUTDATED,
    /** It was issued later than it is here; tried again until it is not. */
    NOT_YET_ISSUED,
    /** The manifest cannot be read, or does not describe what was released. */
    WRONG_MANIFEST,
    /** The network's bytes are not those that the manifest describes. */
    WRONG_HASH,
    /** The bytes are no ONNX model, or not a whole one. */
    NOT_ONNX,
    /** The network's values lie in another file. */
    EXTERNAL_DATA,
    /** The network uses operators, versions of them or types of values that are not known here. */
    CUSTOM_OPERATOR,
    /** The network takes other images than the manifest says. */
    WRONG_SHAPE,
    /** The network cannot be opened or does not run, or is no image classifier. */
    LOAD_FAILED,
    /** There is not enough memory for the network. */
    OUT_OF_MEMORY;

    /** Whether the same release may be served later, without anybody changing it. */
    boolean mayPass() {
        return switch (this) {
            case NOT_FOUND, STORE_UNREACHABLE, STORE_TIMED_OUT, CACHE_UNUSABLE, NOT_YET_ISSUED -> true;
            default -> false;
        };
    }
}
