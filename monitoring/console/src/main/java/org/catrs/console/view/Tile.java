// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.view;

import org.catrs.schemas.event.ImageOrigin;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of an answer at first sight.
 *
 * @param id of the answer among those of the page
 * @param answered when it was answered, in milliseconds since 1970-01-01 UTC
 * @param image record that the image was taken from; null where the answer does not say
 * @param model name of the model; null for a rejected image
 * @param version of the model; null for a rejected image
 * @param label the certified class; null when it abstained or was rejected
 * @param name of that class; null without one
 * @param trueLabel what the producer says; null when not said
 * @param radius certified, L2 of pixels scaled to [0, 1], rounded down; 0 without a certificate
 * @param sigma of the noise; null for a rejected image
 * @param targetRadius that was asked for; null without one
 * @param samples that the certificate took; null for a rejected image
 * @param seconds that the certification took; null for a rejected image
 * @param reason code of the reason why it was rejected; null unless it was
 */
public record Tile(
        String id,
        Outcome outcome,
        long answered,
        @Nullable ImageOrigin image,
        @Nullable String model,
        @Nullable String version,
        @Nullable Integer label,
        @Nullable String name,
        @Nullable Integer trueLabel,
        double radius,
        @Nullable Double sigma,
        @Nullable Double targetRadius,
        @Nullable Long samples,
        @Nullable Double seconds,
        @Nullable String reason) {
    /** What became of an image. */
    public enum Outcome {
        CERTIFIED,
        ABSTAINED,
        REJECTED
    }
}
