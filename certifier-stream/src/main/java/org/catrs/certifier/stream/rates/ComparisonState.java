// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.util.Map;
import org.catrs.certifier.stream.rates.shift.MeasureState;
import org.catrs.schemas.event.ShiftEvent.Measure;

/**
 * A baseline, and how far the comparison with it has come; {@link Comparison} goes on from it.
 *
 * @param recorded the answers that others are compared with
 * @param isComplete whether these are all that it is to have
 * @param measures how far the comparison has come; empty until the baseline is complete
 */
record ComparisonState(RecordedBaseline recorded, boolean isComplete, Map<Measure, MeasureState> measures) {}
