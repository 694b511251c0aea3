// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.data;

/**
 * Mean and standard deviation of the pixels of each channel, in units of pixels scaled to [0, 1].
 *
 * @param mean for each channel
 * @param deviation for each channel, at least 0
 */
@SuppressWarnings("ArrayRecordComponent") // short-lived, never compared
public record ChannelMoments(double[] mean, double[] deviation) {}
