// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one image: a label with a radius, or an abstention, with everything that is needed to judge and to
 * repeat it.
 *
 * @param outcome whether a label was certified
 * @param label the certified class, from 0; null when abstained
 * @param className name of the certified class; null when abstained or unnamed
 * @param radius L2 radius in units of pixels scaled to [0, 1], rounded down, inside which no perturbation changes the
 *     smoothed classifier's label; 0 when abstained
 * @param probabilityLowerBound lower confidence bound of the candidate's probability (p_A), rounded down
 * @param candidate the class that the selection phase chose
 * @param selectionCounts votes by class over the n0 selection samples
 * @param estimationCounts votes by class over the n estimation samples
 * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
 * @param alpha failure probability of the certificate
 * @param n0 number of selection samples
 * @param n number of estimation samples
 * @param plan sampling plan, {@code fixed}
 * @param noise kind of the noise, {@code discrete} or {@code gaussian}
 * @param seed key of the noise's generator, 32 hex digits
 * @param imageSha256 SHA-256 of the decoded image's uint8 C x H x W values, lower-case hex
 * @param model the model that ran
 * @param engine what it ran on
 * @param trueLabel the class that the producer says is true; null when not said
 * @param seconds time that the certification took
 */
public record CertifiedPrediction(
        Outcome outcome,
        @Nullable Integer label,
        @Nullable String className,
        double radius,
        double probabilityLowerBound,
        int candidate,
        List<Long> selectionCounts,
        List<Long> estimationCounts,
        double sigma,
        double alpha,
        long n0,
        long n,
        String plan,
        String noise,
        String seed,
        String imageSha256,
        Model model,
        Engine engine,
        @Nullable Integer trueLabel,
        double seconds) {
    /** Whether a label was certified. */
    public enum Outcome {
        CERTIFIED,
        ABSTAINED
    }

    /**
     * Identity of a model.
     *
     * @param sha256 SHA-256 of its ONNX file, lower-case hex
     */
    public record Model(String name, String version, String sha256) {}

    /**
     * What a model ran on.
     *
     * @param provider execution provider, such as {@code cpu}
     * @param precision of the network's arithmetic, such as {@code fp32}
     * @param name engine, such as {@code onnxruntime}
     * @param version the engine's version
     */
    public record Engine(String provider, String precision, String name, String version) {}
}
