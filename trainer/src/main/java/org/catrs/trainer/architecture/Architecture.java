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
    LENET(16) {
        @Override
        List<Layer> layers(int classes) {
            return List.of(
                    new PooledConvolution(20, 5),
                    new PooledConvolution(50, 5),
                    new Flatten(),
                    new Linear(500),
                    new Relu(),
                    new Linear(classes));
        }
    },
    /** ResNet of 20 layers in its form for CIFAR-10. */
    RESNET20(8) {
        @Override
        List<Layer> layers(int classes) {
            return ResNet.forCifar(20, classes);
        }
    },
    /** ResNet of 110 layers in its form for CIFAR-10. */
    RESNET110(8) {
        @Override
        List<Layer> layers(int classes) {
            return ResNet.forCifar(110, classes);
        }
    },
    /** ResNet of 50 layers in its form for ImageNet. */
    RESNET50(32) {
        @Override
        List<Layer> layers(int classes) {
            return ResNet.forImageNet(classes);
        }
    };

    private final int smallestSide;

    Architecture(int smallestSide) {
        this.smallestSide = smallestSide;
    }

    abstract List<Layer> layers(int classes);

    /**
     * The network for images of a shape.
     *
     * @param normalization its first layer
     * @throws InvalidDataException when the images are too small
     */
    public NetworkSpecification specification(ImageShape input, int classes, Normalization normalization) {
        if (Math.min(input.height(), input.width()) < smallestSide) {
            throw new InvalidDataException(this + " needs images of at least " + smallestSide + " x " + smallestSide
                    + " pixels, found " + input);
        }
        return new NetworkSpecification(input, classes, normalization, layers(classes));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
