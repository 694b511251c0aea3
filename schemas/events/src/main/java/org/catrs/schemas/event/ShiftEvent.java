// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import org.catrs.schemas.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * That answers differ from the baseline, or do so no more; the key of the record is the model's name.
 *
 * @param model name of the model
 * @param version version of the model
 * @param sha256 SHA-256 of the model's ONNX file, lower-case hex
 * @param plan sampling plan of the answers: {@code fixed}, {@code adaptive} or {@code deadline}
 * @param targetRadius target radius of the answers, L2; null where their plan has none
 * @param time when it was told, in milliseconds since 1970-01-01 UTC
 * @param state whether the shift began or ended
 * @param measure what of the answers moved
 * @param share the share that moved, in words, such as {@code label 8}; the last one that was found where the shift ended
 * @param baseline that share in the baseline
 * @param now that share among the images that showed the shift
 * @param images number of images that showed the shift, from the first one to that which settled it
 * @param baselineImages number of images of the baseline
 * @param smallest smallest shift of a share that matters; no smaller one is told
 * @param alpha probability, over the whole life of a baseline, that a shift is told where no share moved by more than that
 */
public record ShiftEvent(
        String model,
        String version,
        String sha256,
        String plan,
        @Nullable Double targetRadius,
        long time,
        State state,
        Measure measure,
        String share,
        double baseline,
        double now,
        long images,
        long baselineImages,
        double smallest,
        double alpha)
        implements Event {
    /** @throws IllegalArgumentException when a value is outside its range */
    public ShiftEvent {
        Checks.checkFilled(model, "model");
        Sha256.requireHex(sha256);
        Checks.checkFilled(plan, "plan");
        Checks.checkFilled(share, "share");
        checkShare(baseline, "baseline");
        checkShare(now, "now");
        checkShare(smallest, "smallest");
        Checks.checkInside01(alpha, "alpha");
        Checks.check(
                images >= 1 && baselineImages >= 1, "shifts are shown by images", images + " and " + baselineImages);
    }

    private static void checkShare(double value, String name) {
        Checks.check(value >= 0 && value <= 1, name + " is 0 to 1", value);
    }

    /** Whether a shift began or ended. */
    public enum State {
        /** The answers are no longer those of the baseline. */
        BEGAN,
        /** For twice as many images as showed the shift, nothing has shown it again. */
        ENDED
    }

    /** What of the answers is compared with the baseline. */
    public enum Measure {
        /** How many images the certifier abstains for. */
        ABSTENTION,
        /** How the certified images are shared among the labels. */
        LABELS,
        /** How the certified radii are distributed. */
        RADII
    }
}
