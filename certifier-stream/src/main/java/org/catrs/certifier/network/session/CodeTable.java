// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import org.catrs.certifier.network.conversion.int8.ImageCodes;

/** A quantised network's codes for all pixels on the 1/255 grid. Immutable. */
final class CodeTable {
    private static final float GRID_STEPS = 255;
    private static final int STEP_VALUES = 1 << Short.SIZE;

    private final ImageCodes codes;
    private final int[] places;
    /** Where each pixel's channel begins in the table. */
    private final int[] channels;
    /** By channel, and by a pixel's steps as an unsigned number. */
    private final byte[] table;

    CodeTable(ImageCodes codes) {
        this.codes = codes;
        this.places = codes.places();
        this.channels = new int[places.length];
        int channelSize = codes.image().height() * codes.image().width();
        for (int i = 0; i < channels.length; i++) {
            channels[i] = i / channelSize * STEP_VALUES;
        }
        this.table = new byte[codes.image().channels() * STEP_VALUES];
        for (int i = 0; i < table.length; i++) {
            table[i] = codes.code(i / STEP_VALUES, (short) i / GRID_STEPS);
        }
    }

    int imageSize() {
        return places.length;
    }

    /** For each value of an image, in the order C x H x W, its place among the codes. */
    int[] places() {
        return places.clone();
    }

    long[] inputShape(int batch) {
        return codes.inputShape(batch);
    }

    /**
     * Encodes an image.
     *
     * @param steps in steps of 1/255, C x H x W
     * @param target receives the codes in the network's order
     */
    void encode(short[] steps, byte[] target) {
        // Fields are copied, because the compiler would load them again after each store.
        int[] to = places;
        int[] from = channels;
        byte[] known = table;
        for (int i = 0; i < to.length; i++) {
            target[to[i]] = known[from[i] + (steps[i] & 0xFFFF)];
        }
    }

    /**
     * Encodes an image.
     *
     * @param image float32 in units of pixels scaled to [0, 1], C x H x W
     * @param target receives the codes in the network's order
     */
    void encode(float[] image, byte[] target) {
        for (int i = 0; i < image.length; i++) {
            target[places[i]] = codes.code(channels[i] / STEP_VALUES, image[i]);
        }
    }
}
