// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.catrs.schemas.image.ImageDecodingException.Reason;
import org.jspecify.annotations.Nullable;

/** One PNG or JPEG image, whose size is known before its pixels are decoded. */
final class RasterReader implements AutoCloseable {
    private final ImageEncoding encoding;
    private final @Nullable PngFile png;
    private final ImageReader reader;
    private final DecodingInput input;

    /**
     * Opens an image; nothing is decoded yet.
     *
     * @param bytes an image that begins with the signature of its encoding
     */
    RasterReader(ImageEncoding encoding, byte[] bytes) throws ImageDecodingException {
        this.encoding = encoding;
        png = encoding == ImageEncoding.PNG ? PngFile.read(bytes) : null;
        input = new DecodingInput(png != null ? png.pixels() : JpegFile.onlyPixels(bytes));
        reader = ImageIO.getImageReadersByFormatName(encoding.name().toLowerCase(Locale.ROOT))
                .next();
        // A stream of our own: ImageIO's would go through a temporary file.
        reader.setInput(new MemoryCacheImageInputStream(input), true, true);
        // libjpeg fills what a truncated file lacks with gray, and only warns.
        reader.addIIOReadWarningListener((ignored, text) -> input.end(text));
    }

    int height() throws ImageDecodingException {
        return decode(() -> reader.getHeight(0));
    }

    int width() throws ImageDecodingException {
        return decode(() -> reader.getWidth(0));
    }

    /** Decodes the image with the channels that it has: 1 where it is gray, otherwise 3. */
    ImageTensor read() throws ImageDecodingException {
        if (!decode(() -> reader.getImageTypes(0).hasNext())) {
            throw new ImageDecodingException(
                    Reason.WRONG_CHANNELS, "an image is gray or RGB, found a " + encoding + " of other components");
        }
        input.allow((long) height() * width());
        BufferedImage image = decode(() -> reader.read(0));
        String defect = input.defect();
        if (defect != null) {
            throw new ImageDecodingException(Reason.CORRUPT, "damaged " + encoding + ": " + defect);
        }
        Raster raster = image.getRaster();
        return Pixels.toTensor(
                png != null ? png.bands(raster) : Pixels.storedBands(raster), image.getHeight(), image.getWidth());
    }

    /** ImageIO answers damaged bytes with whatever exception its decoder runs into. */
    private <T> T decode(Decoding<T> step) throws ImageDecodingException {
        try {
            return step.run();
        } catch (IOException | RuntimeException e) {
            String defect = input.defect();
            throw new ImageDecodingException(
                    Reason.CORRUPT, "damaged " + encoding + ": " + (defect != null ? defect : told(e)), e);
        }
    }

    /** The PNG reader says what it was doing, and only by its cause what was wrong. */
    private static String told(Exception exception) {
        Throwable cause = exception.getCause();
        return exception.getMessage() + (cause == null ? "" : " (" + cause.getMessage() + ")");
    }

    @Override
    public void close() {
        reader.dispose();
    }

    @FunctionalInterface
    private interface Decoding<T> {
        T run() throws IOException;
    }
}
