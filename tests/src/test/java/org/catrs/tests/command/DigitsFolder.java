// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.command;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.LabelledImage;
import org.catrs.schemas.dataset.Split;

/** A folder of PNG files of generated digits, one folder for each class: a data set whose epochs take a moment. */
public final class DigitsFolder {
    private DigitsFolder() {}

    /** Writes the digits of one split. */
    public static void write(Path folder, Split split, int images) throws IOException {
        Dataset digits = Datasets.digits(1, split, images);
        for (int index = 0; index < images; index++) {
            LabelledImage digit = digits.get(index);
            Path file = folder.resolve(split.toString())
                    .resolve(digits.classNames().get(digit.label()))
                    .resolve("%05d.png".formatted(index));
            Files.createDirectories(file.getParent());
            ImageIO.write(image(digit), "png", file.toFile());
        }
    }

    private static BufferedImage image(LabelledImage digit) {
        int height = digit.image().shape().height();
        int width = digit.image().shape().width();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        for (int index = 0; index < height * width; index++) {
            image.getRaster()
                    .setSample(index % width, index / width, 0, digit.image().value(index));
        }
        return image;
    }
}
