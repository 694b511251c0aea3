// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import org.catrs.schemas.event.ShiftEvent.Measure;
import org.catrs.schemas.event.ShiftEvent.State;

/**
 * A shift began or ended.
 *
 * @param moved what showed it last
 */
public record ShiftChange(Measure measure, State state, MovedShare moved) {}
