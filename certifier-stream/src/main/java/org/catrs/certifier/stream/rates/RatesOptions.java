// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.util.List;
import java.util.Optional;
import org.catrs.certifier.stream.rates.shift.ShiftLimits;

/**
 * How rates are told and shifts are found.
 *
 * @param ratesTopic topic that is told what became of each minute's images
 * @param shiftsTopic topic that is told of shifts
 * @param baselineImages answers of which the baseline of a model, plan and target is made
 * @param baselines baselines that were recorded, which go before the first answers
 * @param limits what counts as a shift
 * @param radii L2, in units of pixels scaled to [0, 1], at which certified accuracy is told
 */
public record RatesOptions(
        String ratesTopic,
        String shiftsTopic,
        int baselineImages,
        List<RecordedBaseline> baselines,
        ShiftLimits limits,
        List<Double> radii) {
    public RatesOptions {
        baselines = List.copyOf(baselines);
        radii = List.copyOf(radii);
    }

    /** The baseline that was recorded for answers with a key, if one was. */
    Optional<RecordedBaseline> recorded(String key) {
        return baselines.stream().filter(baseline -> baseline.key().equals(key)).findFirst();
    }
}
