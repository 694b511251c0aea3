// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import org.catrs.certifier.smoothing.bound.GivingUp;
import org.catrs.certifier.smoothing.bound.LookSchedule;

/**
 * Which attempt of a certificate it is, by which rules.
 *
 * @param attempt 0 for the first one
 * @param classes number of classes, at least 2
 */
record AttemptPlace(PlanVersion version, int attempt, int classes) {
    /** The attempt's share of the certificate's failure probability. */
    double alpha(SmoothingParameters parameters) {
        return version.alpha(parameters.alpha(), attempt, classes);
    }

    /** When a class is given up at a schedule's looks. */
    GivingUp givingUp(SmoothingParameters parameters, LookSchedule schedule) {
        return version.givingUp(parameters.alpha(), schedule.looks());
    }
}
