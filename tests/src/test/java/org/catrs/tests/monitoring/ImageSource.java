// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.image.ImageTensor;

/** Where the images of a stream come from: the digits that the demo draws itself, or what is no digit as the model knows them. */
enum ImageSource {
    DIGITS {
        @Override
        int[] pixels(int[] digit, SplittableRandom random) {
            return digit;
        }
    },
    UNIFORM_NOISE {
        @Override
        int[] pixels(int[] digit, SplittableRandom random) {
            return IntStream.generate(() -> random.nextInt(256))
                    .limit(digit.length)
                    .toArray();
        }
    },
    BLACK {
        @Override
        int[] pixels(int[] digit, SplittableRandom random) {
            return new int[digit.length];
        }
    },
    SHUFFLED_PIXELS {
        @Override
        int[] pixels(int[] digit, SplittableRandom random) {
            List<Integer> places = random.ints(0, digit.length)
                    .distinct()
                    .limit(digit.length)
                    .boxed()
                    .toList();
            return places.stream().mapToInt(place -> digit[place]).toArray();
        }
    };

    private static final int COUNT = 2_000;
    private static final Dataset DRAWN = Datasets.digits(1, Split.TEST, COUNT);

    abstract int[] pixels(int[] digit, SplittableRandom random);

    /** A PNG of the image with a number. */
    byte[] png(int index) {
        ImageTensor digit = DRAWN.get(index % COUNT).image();
        int[] values =
                IntStream.range(0, digit.shape().size()).map(digit::value).toArray();
        int width = digit.shape().width();
        BufferedImage image = new BufferedImage(width, digit.shape().height(), BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster()
                .setSamples(0, 0, width, digit.shape().height(), 0, pixels(values, new SplittableRandom(index)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new AssertionError("writing into memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
