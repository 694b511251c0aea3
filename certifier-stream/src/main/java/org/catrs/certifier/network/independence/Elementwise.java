// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.List;

/** Operators that take values one by one, after broadcasting. */
final class Elementwise {
    private Elementwise() {}

    static Value apply(Call call) {
        return apply(call.values(), call.batch());
    }

    /** Of which the first input alone has a say in the shape. */
    static Value first(Call call) {
        call.requireConstantsFrom(1);
        return call.image(0);
    }

    static Value apply(List<Value> inputs, int batch) {
        List<Value.PerImage> images = inputs.stream()
                .filter(Value.PerImage.class::isInstance)
                .map(Value.PerImage.class::cast)
                .toList();
        Shape shape = Shape.broadcast(inputs.stream().map(Call::shape).toList());
        if (images.isEmpty()) {
            throw Unproved.mixes("takes no pixels");
        }
        Value.PerImage first = images.get(0);
        boolean isInStep =
                images.stream().allMatch(image -> image.shape().equals(shape) && image.width() == first.width());
        return isInStep ? inStep(inputs, first, batch) : broadcast(inputs, images, shape, batch);
    }

    /** Images of one layout need no axis of their own. */
    private static Value inStep(List<Value> inputs, Value.PerImage first, int batch) {
        for (Value input : inputs) {
            if (input instanceof Value.Constant constant) {
                Tensor tensor = constant.tensor();
                if (tensor.shape().equals(first.shape()) && tensor.shape().count() > 1 && batch > 1) {
                    tensor.requireSame(first.width(), batch);
                } else if (tensor.shape().count() > 1) {
                    requireSame(tensor, first.shape(), Place.of(first, batch));
                }
            }
        }
        return first;
    }

    private static Value broadcast(List<Value> inputs, List<Value.PerImage> images, Shape shape, int batch) {
        Place common = placeIn(images.get(0), shape, batch);
        for (Value.PerImage image : images) {
            if (!placeIn(image, shape, batch).equals(common)) {
                throw Unproved.mixes("brings different images of the batch together");
            }
        }
        for (Value input : inputs) {
            if (input instanceof Value.Constant constant) {
                requireSame(constant.tensor(), shape, common);
            }
        }
        return common.value(shape);
    }

    private static Place placeIn(Value.PerImage image, Shape shape, int batch) {
        return Place.of(image, batch).shifted(shape.rank() - image.shape().rank());
    }

    /** Makes sure that a constant is the same beside each image, once it is broadcast to a shape. */
    static void requireSame(Tensor constant, Shape shape, Place place) {
        Place own = place.shifted(constant.shape().rank() - shape.rank());
        if (own.isFrom(0) && constant.shape().size(own.axis()) != 1) {
            own.requireSame(constant);
        }
    }
}
