// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.util.List;
import java.util.regex.Pattern;
import org.catrs.schemas.Sha256;
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
 * @param candidate the class that the certificate is about: the choice of the selection phase, or after a restart of the
 *     attempt before
 * @param selectionCounts votes by class over the n0 selection samples; a sample may have voted for no class
 * @param estimationCounts votes by class over the n estimation samples; a sample may have voted for no class
 * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
 * @param alpha failure probability of the certificate
 * @param n0 number of selection samples
 * @param n number of estimation samples that the bound rests on; those of earlier attempts are in {@code sampling}
 * @param plan sampling plan: {@code fixed}, {@code adaptive} or {@code deadline}
 * @param noise kind of the noise, {@code discrete} or {@code gaussian}
 * @param seed key of the noise's generator, 32 hex digits
 * @param imageSha256 SHA-256 of the decoded image's uint8 C x H x W values, lower-case hex
 * @param model the model that ran
 * @param engine what it ran on
 * @param trueLabel the class that the producer says is true; null when not said
 * @param seconds time that the certification took
 * @param sampling how the plan spent the samples; null in records of version 1, whose plan is {@code fixed}
 * @param independence how it is known that the network treats each image of a batch by itself; null in records before
 *     version 3
 * @param noiseKey id of the noise key that forced the seed, 16 hex digits; null where the seed is not forced
 * @param noiseProof Base64 of the proof, 80 bytes, that the seed is the noise key's output for this image and policy; null
 *     where the seed is not forced
 * @param policy SHA-256 of the policy under which the seed was forced, lower-case hex; null where the seed is not forced
 * @param origin where the image was taken from; null where it came from a file, and in records before version 3
 * @param answered time of the answer, in milliseconds since 1970-01-01 UTC; null in records before version 3
 * @param signature Base64 of the Ed25519 signature; null when not signed
 * @param signingKey id of the key that signed, 16 hex digits; null when not signed
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
        double seconds,
        @Nullable Sampling sampling,
        @Nullable Independence independence,
        @Nullable String noiseKey,
        @Nullable String noiseProof,
        @Nullable String policy,
        @Nullable ImageOrigin origin,
        @Nullable Long answered,
        @Nullable String signature,
        @Nullable String signingKey)
        implements Event {
    private static final Pattern SEED = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{16}");

    /** The last character before the padding has two bits to spare, which are 0: a proof has one Base64 form. */
    private static final Pattern NOISE_PROOF = Pattern.compile("[0-9A-Za-z+/]{106}[AEIMQUYcgkosw048]=");

    /** @throws IllegalArgumentException when a value is outside its range, or values contradict each other */
    public CertifiedPrediction {
        selectionCounts = List.copyOf(selectionCounts);
        estimationCounts = List.copyOf(estimationCounts);
        Checks.check(
                (label != null) == (outcome == Outcome.CERTIFIED),
                "an image has a label when it is certified",
                outcome + " and " + label);
        Checks.check(
                label == null || label == candidate, "the label is the candidate " + candidate, String.valueOf(label));
        Checks.check(label != null || className == null, "an abstention names no class", String.valueOf(className));
        Checks.checkAtLeast(0, radius, "radius");
        Checks.check(
                outcome == Outcome.CERTIFIED || radius == 0, "the radius is 0 when the certifier abstained", radius);
        Checks.check(
                probabilityLowerBound >= 0 && probabilityLowerBound <= 1,
                "the lower bound of a probability is 0 to 1",
                probabilityLowerBound);
        Checks.checkPositive(sigma, "sigma");
        Checks.checkInside01(alpha, "alpha");
        checkVotes(selectionCounts, n0, "n0");
        checkVotes(estimationCounts, n, "n");
        Checks.check(
                candidate >= 0 && candidate < estimationCounts.size(),
                "the candidate is one of " + estimationCounts.size() + " classes",
                candidate);
        Checks.check(SEED.matcher(seed).matches(), "a seed has 32 lower-case hex digits", seed);
        Sha256.requireHex(imageSha256);
        Checks.checkAtLeast(0, seconds, "seconds");
        if (sampling != null) {
            checkSampling(sampling, candidate, estimationCounts.get(candidate), n, alpha);
        }
        checkForcedSeed(noiseKey, noiseProof, policy, sampling);
        if (answered != null) {
            Checks.checkExact(answered, "answered");
        }
        Checks.check(
                (signature == null) == (signingKey == null), "a signature comes with the id of its key", "one of them");
        Checks.check(
                signingKey == null || KEY_ID.matcher(signingKey).matches(),
                "a key's id has 16 lower-case hex digits",
                String.valueOf(signingKey));
    }

    private static void checkForcedSeed(
            @Nullable String noiseKey,
            @Nullable String noiseProof,
            @Nullable String policy,
            @Nullable Sampling sampling) {
        Checks.check(
                (noiseKey == null) == (noiseProof == null) && (noiseKey == null) == (policy == null),
                "a forced seed comes with the id of its key, a proof and the policy's hash",
                "not all of them");
        if (noiseKey != null && noiseProof != null && policy != null) {
            Checks.check(KEY_ID.matcher(noiseKey).matches(), "a noise key's id has 16 lower-case hex digits", noiseKey);
            Checks.check(
                    NOISE_PROOF.matcher(noiseProof).matches(),
                    "a noise proof is the Base64 of 80 bytes, 108 characters",
                    noiseProof);
            Sha256.requireHex(policy);
            // Who could choose between two sets of rules when the noise is known would have a certificate by each.
            Checks.check(
                    sampling != null && sampling.last().phase() != null,
                    "a forced seed comes with attempts that name their phases, as those of version 3 do",
                    "none named");
        }
    }

    /** Number of samples that the certificate took: selection, and estimation in all attempts. */
    public long samples() {
        return n0 + (sampling == null ? n : sampling.samples());
    }

    private static void checkVotes(List<Long> counts, long samples, String name) {
        long sum = 0;
        for (long count : counts) {
            Checks.check(count >= 0, "counts are at least 0", counts);
            sum += count;
        }
        // A sample whose logits are no numbers votes for no class.
        Checks.check(samples >= 1 && sum <= samples, "the counts' sum is at most " + name + " = " + samples, sum);
    }

    private static void checkSampling(Sampling sampling, int candidate, long votes, long n, double alpha) {
        Sampling.Attempt last = sampling.last();
        Checks.check(
                last.candidate() == candidate && last.n() == n && last.count() == votes,
                "the last attempt's candidate, n and votes are " + candidate + ", " + n + " and " + votes,
                last);
        double shares = sampling.attempts().stream()
                .mapToDouble(Sampling.Attempt::alpha)
                .sum();
        Checks.check(shares <= alpha, "the attempts share alpha = " + alpha, shares);
    }

    /** How it is known that a network treats each image of a batch by itself. */
    public enum Independence {
        /** The network's graph shows it. */
        PROVED,
        /** Runs on some images showed nothing else, which proves nothing about others. */
        TRIED
    }

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
    public record Model(String name, String version, String sha256) {
        /** @throws IllegalArgumentException when the hash is none */
        public Model {
            Sha256.requireHex(sha256);
        }
    }

    /**
     * What a model ran on.
     *
     * @param provider execution provider, such as {@code cpu}
     * @param precision of the network's arithmetic, such as {@code fp32}
     * @param name engine, such as {@code onnxruntime}
     * @param version the engine's version
     * @param instructions the vector instructions that its kernels were chosen for, such as {@code avx2}; null in records
     *     before version 3
     */
    public record Engine(
            String provider,
            String precision,
            String name,
            String version,
            @Nullable String instructions) {
        /** The same on a CPU of whatever instructions. */
        public Engine withoutInstructions() {
            return new Engine(provider, precision, name, version, null);
        }
    }
}
