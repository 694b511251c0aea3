// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.List;
import java.util.Locale;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;

/** The architectures that can be trained; a command line names them in lower case. */
public enum Architecture {
    /** LeNet of the papers on randomized smoothing: two convolutions of 5x5, two linear layers. */
    LENET {
        @Override
        public NetworkSpecification specification(ImageShape input, int classes) {
            if (Math.min(input.height(), input.width()) < 16) {
                throw new InvalidDataException("lenet needs images of at least 16 x 16 pixels, found " + input);
            }
            return new NetworkSpecification(
                    input,
                    classes,
                    List.of(
                            new Convolution(20, 5),
                            new Relu(),
                            new MaxPooling(2),
                            new Convolution(50, 5),
                            new Relu(),
                            new MaxPooling(2),
                            new Flatten(),
                            new Linear(500),
                            new Relu(),
                            new Linear(classes)));
        }
    };

    /**
     * The layers for images of a shape.
     *
     * @throws InvalidDataException when the images are too small
     */
    public abstract NetworkSpecification specification(ImageShape input, int classes);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
