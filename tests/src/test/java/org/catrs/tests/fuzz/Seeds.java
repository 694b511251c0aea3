// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;

/** The records that hostile ones are made of: all are right, and of every form in which images come. */
final class Seeds {
    /** Of all images, so that most mutations get as far as the pixels. */
    static final int SIDE = 48;

    private static final int[] RASTERS = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_BYTE_BINARY
    };

    private final List<Seed> all = new ArrayList<>();

    /** A right record's value, and the media type that it is sent under. */
    record Seed(String contentType, byte[] value) {}

    Seeds() {
        for (int type : RASTERS) {
            for (boolean interlaced : new boolean[] {false, true}) {
                add("image/png", encode("png", picture(new BufferedImage(SIDE, SIDE, type)), interlaced));
            }
        }
        add("image/png", encode("png", picture(palette()), false));
        for (int type : new int[] {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
            for (boolean progressive : new boolean[] {false, true}) {
                add("image/jpeg", encode("jpeg", picture(new BufferedImage(SIDE, SIDE, type)), progressive));
            }
        }
        add("application/x-catrs-tensor", tensor(1));
        add("application/x-catrs-tensor", tensor(3));
        Seed first = all.get(0);
        String event = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/camera\",\"type\":\"image\","
                + "\"datacontenttype\":\"" + first.contentType() + "\",\"data_base64\":\""
                + Base64.getEncoder().encodeToString(first.value()) + "\"}";
        add("application/cloudevents+json", event.getBytes(StandardCharsets.UTF_8));
    }

    private void add(String contentType, byte[] value) {
        all.add(new Seed(contentType, value));
    }

    Seed any(Random random) {
        return all.get(random.nextInt(all.size()));
    }

    private static byte[] tensor(int channels) {
        ImageShape shape = new ImageShape(channels, SIDE, SIDE);
        byte[] values = new byte[shape.size()];
        new Random(channels).nextBytes(values);
        return RawTensor.encode(ImageTensor.of(shape, values));
    }

    private static BufferedImage palette() {
        byte[] levels = {0, 50, 100, (byte) 150, (byte) 250};
        return new BufferedImage(
                SIDE,
                SIDE,
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(8, levels.length, levels, levels, levels));
    }

    /** Something on it, all of it opaque. */
    private static BufferedImage picture(BufferedImage image) {
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, 0xFF000000 | (5 * x) << 16 | (x * y) % 256 << 8 | 5 * y);
            }
        }
        return image;
    }

    /** @param inPasses interlaced or progressive */
    private static byte[] encode(String format, BufferedImage image, boolean inPasses) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(inPasses ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
