// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method;

import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.option.OptionRange;

/**
 * Hyperparameters of CAT-RS.
 *
 * @param noises number of noises for each image, M, at least 1
 * @param lambda weight of the worst-case loss, at least 0
 * @param p0 probability of the right class that is asked of noises beyond the easiest K, in (0, 1]
 * @param epsilon radius of the ball in which the worst noise is searched, L2 in pixels scaled to [0, 1], above 0
 * @param pgdSteps steps of that search, T, at least 1
 */
public record CatRsParameters(int noises, double lambda, double p0, double epsilon, int pgdSteps) {
    /** @throws InvalidDataException when a value is out of its range */
    public CatRsParameters {
        OptionRange.require(noises >= 1, "--noises", "at least 1", noises);
        OptionRange.require(lambda >= 0 && lambda < Double.POSITIVE_INFINITY, "--lambda", "at least 0", lambda);
        OptionRange.require(p0 > 0 && p0 <= 1, "--p0", "above 0 and at most 1", p0);
        OptionRange.require(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY, "--epsilon", "above 0", epsilon);
        OptionRange.require(pgdSteps >= 1, "--pgd-steps", "at least 1", pgdSteps);
    }

    /** The values by their names on the command line. */
    SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        map.put("noises", Integer.toString(noises));
        map.put("lambda", Double.toString(lambda));
        map.put("p0", Double.toString(p0));
        map.put("epsilon", Double.toString(epsilon));
        map.put("pgd-steps", Integer.toString(pgdSteps));
        return map;
    }
}
