// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import org.catrs.schemas.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * What a certifier made of the last release or retirement of a model; the topic is compacted by model and instance, with
 * {@link #key()} as key.
 *
 * @param name name of the model
 * @param instance the certifier that reports, as HOST:PORT of its metrics
 * @param state what became of the release that came last
 * @param version version of that release; null when the model was retired, or the release could not be read
 * @param sha256 SHA-256 of that release's ONNX file, lower-case hex; null where the version is
 * @param servedVersion version that this instance certifies with now; null when it has none of this name
 * @param servedSha256 SHA-256 of the ONNX file that this instance certifies with now, lower-case hex; null where that
 *     version is
 * @param reason code of the reason why the release was refused, such as {@code WRONG_SIGNATURE}; null unless it was
 * @param message what was found and what was needed, for people; null unless the release was refused
 */
public record ModelStatus(
        String name,
        String instance,
        State state,
        @Nullable String version,
        @Nullable String sha256,
        @Nullable String servedVersion,
        @Nullable String servedSha256,
        @Nullable String reason,
        @Nullable String message)
        implements Event {
    /** @throws IllegalArgumentException when a value does not fit the state */
    public ModelStatus {
        Checks.checkFilled(name, "name");
        Checks.checkFilled(instance, "instance");
        Checks.check(
                (version == null) == (sha256 == null) && (servedVersion == null) == (servedSha256 == null),
                "a version has a hash",
                version + ", " + sha256 + ", " + servedVersion + " and " + servedSha256);
        if (sha256 != null) {
            Sha256.requireHex(sha256);
        }
        if (servedSha256 != null) {
            Sha256.requireHex(servedSha256);
        }
        Checks.check(
                (reason != null) == (state == State.REFUSED) && (message != null) == (state == State.REFUSED),
                "a release has a reason and a message when it was refused",
                state + ", " + reason + " and " + message);
        Checks.check(
                state != State.SERVED || (version != null && version.equals(servedVersion)),
                "a release that is served is what the instance certifies with",
                version + " and " + servedVersion);
    }

    /** The key of the record. */
    public String key() {
        return key(name, instance);
    }

    /** The key of the records of a model and an instance. */
    public static String key(String name, String instance) {
        return name + "@" + instance;
    }

    /** What became of a release. */
    public enum State {
        /** It is being fetched, checked and warmed up. */
        LOADING,
        /** Images are certified with it. */
        SERVED,
        /** It is not served, and the model that was served before still is, unless that is what was revoked. */
        REFUSED,
        /** The model was taken back, and is served no more. */
        RETIRED
    }
}
