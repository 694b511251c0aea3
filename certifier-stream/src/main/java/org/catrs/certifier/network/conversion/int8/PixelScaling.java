// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

/**
 * What a network does to pixels before its first step: (pixel - mean) / deviation, by channel, in float32.
 *
 * @param output name of the scaled image in the file; the image's own where nothing is done
 * @param means one for each channel
 * @param deviations one for each channel
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from file to file, never compared
record PixelScaling(String output, float[] means, float[] deviations) {
    float apply(int channel, float pixel) {
        return (pixel - means[channel]) / deviations[channel];
    }
}
