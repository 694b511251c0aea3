// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.proto.GraphProto;

/**
 * How an image becomes the codes that a quantised network takes: which code a pixel has, and where it goes.
 *
 * <p>A pixel of value x, a float32, has the code clip(rint(((x - mean) / deviation) / scale) + zeroPoint, 0, 255), with
 * mean and deviation those of its channel and all operations in float32: what the file's first nodes compute. It goes to
 * its block's place, channels last.
 */
public final class ImageCodes {
    private final ImageShape image;
    private final PixelScaling scaling;
    private final CodeScale codes;
    private final int block;

    /** @param block pixels of a block's side, 1 or 2 */
    ImageCodes(ImageShape image, PixelScaling scaling, CodeScale codes, int block) {
        this.image = image;
        this.scaling = scaling;
        this.codes = codes;
        this.block = block;
    }

    static ImageCodes of(GraphProto graph, ImageShape image, int block) {
        Constants constants = new Constants(graph, "the quantised network");
        PixelScaling scaling = new PixelScaling(
                InputFront.CODES, constants.floats(InputFront.MEANS), constants.floats(InputFront.DEVIATIONS));
        CodeScale codes = new CodeScale(
                constants.floats(InputFront.CODES + ".scale")[0], constants.uint8(InputFront.CODES + ".zero"));
        return new ImageCodes(image, scaling, codes, block);
    }

    /** Shape of the images, before they are put in blocks. */
    public ImageShape image() {
        return image;
    }

    PixelScaling scaling() {
        return scaling;
    }

    CodeScale codes() {
        return codes;
    }

    int block() {
        return block;
    }

    /** The input's shape: batch x rows of blocks x columns of blocks x values of a block. */
    public long[] inputShape(int batch) {
        return new long[] {batch, image.height() / block, image.width() / block, (long) image.channels() * block * block
        };
    }

    /** The code of a pixel of value x in a channel, 0 to 255. */
    public byte code(int channel, float x) {
        return (byte) codes.of(scaling.apply(channel, x));
    }

    /** For each value of an image, in the order C x H x W, its place among the codes. */
    public int[] places() {
        int[] places = new int[image.size()];
        int depth = image.channels() * block * block;
        int wide = image.width() / block;
        for (int i = 0; i < places.length; i++) {
            int channel = i / (image.height() * image.width());
            int row = i / image.width() % image.height();
            int column = i % image.width();
            int within = (row % block * block + column % block) * image.channels() + channel;
            places[i] = (row / block * wide + column / block) * depth + within;
        }
        return places;
    }
}
