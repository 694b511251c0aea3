// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.util.List;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.image.ImageShape;
import org.jspecify.annotations.Nullable;

/**
 * A model that certifiers may serve from now on; the topic is compacted by name, and a record without a value retires
 * the model.
 *
 * @param name name of the model, also the key of the record
 * @param version version of this training of it
 * @param location URI of the model's folder, in which {@code model.onnx} and {@code model.json} lie
 * @param sha256 SHA-256 of its ONNX file, lower-case hex
 * @param signature Ed25519 signature of the manifest and of when it was issued, Base64, as {@link
 *     org.catrs.schemas.signature.ReleaseSignature} has it; null when unsigned
 * @param sigma standard deviation of the noise that it was trained at, in units of pixels scaled to [0, 1]
 * @param classNames names of the classes, in the order of the logits
 * @param inputShape shape of the images that it takes
 * @param plan how images are certified unless they say otherwise, as the manifest asks; where it leaves that open, the
 *     certifier's configuration decides, and this is the papers' protocol
 * @param issued when it was signed, in milliseconds since 1970 UTC; no release of a model that was issued earlier replaces
 *     it; null in releases of earlier versions
 */
public record ModelRelease(
        String name,
        String version,
        String location,
        String sha256,
        @Nullable String signature,
        double sigma,
        List<String> classNames,
        ImageShape inputShape,
        Plan plan,
        @Nullable Long issued)
        implements Event {
    /** @throws IllegalArgumentException when a value is none that a model can have */
    public ModelRelease {
        Checks.checkFilled(name, "name");
        Checks.checkFilled(version, "version");
        Checks.checkFilled(location, "location");
        Sha256.requireHex(sha256);
        Checks.checkPositive(sigma, "sigma");
        classNames = List.copyOf(classNames);
        Checks.check(!classNames.isEmpty(), "a model has at least one class name", "none");
        Checks.check(issued == null || issued >= 0, "issued is at least 0", String.valueOf(issued));
    }

    /**
     * A sampling plan.
     *
     * @param kind kind of the plan, such as {@code fixed}
     * @param n0 number of selection samples
     * @param n largest number of estimation samples
     * @param alpha failure probability of a certificate
     */
    public record Plan(String kind, long n0, long n, double alpha) {
        /** @throws IllegalArgumentException when a value is outside its range */
        public Plan {
            Checks.checkFilled(kind, "kind");
            Checks.check(n0 >= 1 && n >= 1, "n0 and n are at least 1", n0 + " and " + n);
            Checks.checkInside01(alpha, "alpha");
        }
    }
}
