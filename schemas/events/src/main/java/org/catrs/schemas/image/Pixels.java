// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.awt.image.Raster;
import org.catrs.schemas.image.ImageDecodingException.Reason;

/**
 * Turns decoded pixels into tensors and one number of channels into another, without touching a value.
 *
 * <p>Samples are taken as they are stored: AWT's colour conversion would apply a gamma curve to gray images, and colour
 * profiles would make a value depend on more than the pixels.
 */
final class Pixels {
    private static final int OPAQUE = 0xFF;

    private Pixels() {}

    /**
     * The image with the channels that it has: 1 where it is gray, otherwise 3.
     *
     * @param bands gray or red, green and blue, with alpha behind them or without
     */
    static ImageTensor toTensor(int[][] bands, int height, int width) throws ImageDecodingException {
        boolean gray = bands.length <= 2;
        if (bands.length % 2 == 0) {
            requireOpaque(bands[bands.length - 1]);
        }
        ImageShape shape = new ImageShape(gray ? 1 : 3, height, width);
        byte[] values = new byte[shape.size()];
        int plane = height * width;
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) bands[i / plane][i % plane];
        }
        return ImageTensor.of(shape, values);
    }

    /**
     * The image with another number of channels: gray is repeated for each colour; colour becomes gray only where red,
     * green and blue are equal in every pixel, because how to weigh them is the model's affair, not a decoder's.
     */
    static ImageTensor withChannels(int channels, ImageTensor image) throws ImageDecodingException {
        ImageShape found = image.shape();
        if (found.channels() == channels) {
            return image;
        }
        ImageShape shape = new ImageShape(channels, found.height(), found.width());
        int plane = found.height() * found.width();
        boolean possible = (channels == 3 && found.channels() == 1) || (channels == 1 && found.channels() == 3);
        if (!possible || (channels == 1 && !isGray(image, plane))) {
            throw new ImageDecodingException(
                    Reason.WRONG_CHANNELS,
                    "an image needs " + channels + (channels == 1 ? " channel (gray)" : " channels") + ", found "
                            + found.channels() + (found.channels() == 3 ? " (colour)" : ""));
        }
        byte[] values = new byte[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) image.value(i % plane);
        }
        return ImageTensor.of(shape, values);
    }

    private static boolean isGray(ImageTensor image, int plane) {
        for (int i = 0; i < plane; i++) {
            int red = image.value(i);
            if (red != image.value(i + plane) || red != image.value(i + 2 * plane)) {
                return false;
            }
        }
        return true;
    }

    private static void requireOpaque(int[] alpha) throws ImageDecodingException {
        for (int value : alpha) {
            if (value != OPAQUE) {
                throw new ImageDecodingException(
                        Reason.WRONG_CHANNELS, "an image needs opaque pixels, found transparent ones");
            }
        }
    }

    /** The samples of a raster, band by band. */
    static int[][] storedBands(Raster raster) {
        int[][] bands = new int[raster.getNumBands()][];
        for (int band = 0; band < bands.length; band++) {
            bands[band] = raster.getSamples(0, 0, raster.getWidth(), raster.getHeight(), band, (int[]) null);
        }
        return bands;
    }
}
