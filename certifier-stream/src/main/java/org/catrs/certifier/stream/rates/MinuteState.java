// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.util.List;
import java.util.Map;

/**
 * What was counted of a minute so far; {@link Minute} goes on from it.
 *
 * @param begin begin of the minute, in milliseconds since 1970-01-01 UTC
 * @param versions versions of the model that answered
 * @param certified certified images by label
 * @param abstained images for which the certifier abstained
 * @param rejected rejected images by reason
 * @param radii certified radii, as multiples of sigma, by step
 * @param bounds lower bounds of p_A by step
 * @param samples noise samples of all certificates
 * @param labelled images certified or abstained whose true label was sent
 * @param reached of these, those that were certified with their true label at each of the radii that are told
 */
record MinuteState(
        String model,
        long begin,
        List<String> versions,
        Map<String, Long> certified,
        long abstained,
        Map<String, Long> rejected,
        Map<Integer, Long> radii,
        Map<Integer, Long> bounds,
        long samples,
        long labelled,
        Map<String, Long> reached) {}
