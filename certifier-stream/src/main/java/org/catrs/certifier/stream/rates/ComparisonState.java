// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.util.Map;
import org.catrs.certifier.stream.rates.shift.Baseline;
import org.catrs.certifier.stream.rates.shift.MeasureState;
import org.catrs.schemas.event.ShiftEvent.Measure;
import org.jspecify.annotations.Nullable;

/**
 * A baseline of a model, plan and target, and how far the comparison with it has come; {@link Comparison} goes on from it.
 *
 * @param model name of the model
 * @param version version of the model
 * @param sha256 SHA-256 of the model's ONNX file, lower-case hex
 * @param plan sampling plan's name
 * @param targetRadius target radius, L2; null where the plan has none
 * @param baseline the answers that others are compared with
 * @param isComplete whether the baseline has all answers that it is to have
 * @param measures how far the comparison has come; empty until the baseline is complete
 */
record ComparisonState(
        String model,
        String version,
        String sha256,
        String plan,
        @Nullable Double targetRadius,
        Baseline baseline,
        boolean isComplete,
        Map<Measure, MeasureState> measures) {}
