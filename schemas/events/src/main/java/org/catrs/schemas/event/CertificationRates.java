// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the images of a model in a minute. Answers that come after their minute was told are told in a further
 * record of the same key, which counts them alone.
 *
 * @param model name of the model
 * @param versions versions of the model that answered, in the order of their names; none where all images were rejected
 * @param begin begin of the minute, in milliseconds since 1970-01-01 UTC
 * @param end end of the minute, in milliseconds since 1970-01-01 UTC; it does not belong to it
 * @param images images that were answered: certified, abstained and rejected ones
 * @param certified certified images by label
 * @param abstained images for which the certifier abstained
 * @param rejected rejected images by the code of the reason
 * @param radius certified radii as multiples of sigma; null where none was certified
 * @param lowerBound lower bounds of the candidate's probability (p_A); null where no image was certified or abstained
 * @param meanSamples mean of the samples that a certificate took; null where no image was certified or abstained
 * @param labelled images certified or abstained whose true label was sent
 * @param certifiedAccuracy share of the labelled images that were certified with their true label, by the L2 radius, in
 *     units of pixels scaled to [0, 1], that the certificate reaches; empty where no image is labelled
 */
public record CertificationRates(
        String model,
        List<String> versions,
        long begin,
        long end,
        long images,
        Map<String, Long> certified,
        long abstained,
        Map<String, Long> rejected,
        @Nullable Quantiles radius,
        @Nullable Quantiles lowerBound,
        @Nullable Double meanSamples,
        long labelled,
        Map<String, Double> certifiedAccuracy)
        implements Event {
    /** @throws IllegalArgumentException when a value is outside its range, or the images do not add up */
    public CertificationRates {
        Checks.checkFilled(model, "model");
        versions = List.copyOf(versions);
        certified = Map.copyOf(certified);
        rejected = Map.copyOf(rejected);
        certifiedAccuracy = Map.copyOf(certifiedAccuracy);
        Checks.check(begin >= 0 && end > begin, "a minute ends after its begin", begin + " to " + end);
        long answered = sum(certified) + abstained;
        Checks.check(
                images == answered + sum(rejected),
                "images = certified + abstained + rejected",
                images + " and " + certified + ", " + abstained + ", " + rejected);
        Checks.check(images >= 1, "a minute that is told has an image", images);
        Checks.check(
                (radius != null) == (sum(certified) > 0)
                        && (lowerBound != null) == (answered > 0)
                        && (meanSamples != null) == (answered > 0),
                "radii, bounds and samples are told where there are certificates",
                radius + ", " + lowerBound + " and " + meanSamples);
        Checks.check(
                labelled >= 0 && labelled <= answered && (labelled > 0) == !certifiedAccuracy.isEmpty(),
                "certified accuracy is told of labelled images",
                labelled + " and " + certifiedAccuracy);
    }

    /** The key of the record: the model and the begin of the minute. */
    public String key() {
        return model + "@" + begin;
    }

    private static long sum(Map<String, Long> counts) {
        for (long count : counts.values()) {
            Checks.check(count >= 1, "what is counted was there", new TreeMap<>(counts));
        }
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Quantiles, rounded down.
     *
     * @param p05 5% of them are at most this
     * @param p25 25% of them are at most this
     * @param p50 half of them are at most this
     * @param p75 75% of them are at most this
     * @param p95 95% of them are at most this
     */
    public record Quantiles(double p05, double p25, double p50, double p75, double p95) {
        /** @throws IllegalArgumentException when they do not rise */
        public Quantiles {
            Checks.check(
                    p05 >= 0 && p05 <= p25 && p25 <= p50 && p50 <= p75 && p75 <= p95,
                    "quantiles rise from 0",
                    p05 + ", " + p25 + ", " + p50 + ", " + p75 + ", " + p95);
        }
    }
}
