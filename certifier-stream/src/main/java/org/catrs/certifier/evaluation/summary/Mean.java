// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation.summary;

import java.util.stream.DoubleStream;

/**
 * A mean over images.
 *
 * @param standardError of the mean, as of a sample from a larger population; NaN for a single image
 */
public record Mean(double value, double standardError) {
    static Mean of(double[] values) {
        double mean = DoubleStream.of(values).average().orElseThrow();
        double squares = DoubleStream.of(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double variance = squares / (values.length - 1);
        return new Mean(mean, Math.sqrt(variance / values.length));
    }
}
