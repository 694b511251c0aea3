// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Operators that move, pick, repeat and join values. */
final class Selection {
    private Selection() {}

    static Value transpose(Call call) {
        return transposed(call.image(0), order(call), call.batch());
    }

    static int[] order(Call call) {
        int rank = call.shape(0).rank();
        return call.attributes()
                .integers("perm")
                .map(perm -> Arrays.stream(perm).mapToInt(Math::toIntExact).toArray())
                .orElseGet(() ->
                        IntStream.range(0, rank).map(axis -> rank - 1 - axis).toArray());
    }

    static Value.PerImage transposed(Value.PerImage image, int[] order, int batch) {
        if (!Arrays.equals(
                Arrays.stream(order).sorted().toArray(),
                IntStream.range(0, image.shape().rank()).toArray())) {
            throw Unproved.mixes("turns axes " + Arrays.toString(order) + " of a value of shape " + image.shape());
        }
        Place place = Place.of(image, batch);
        int to = IntStream.range(0, order.length)
                .filter(axis -> place.isOn(order[axis]))
                .findFirst()
                .orElse(0);
        return place.on(to).value(image.shape().permuted(order));
    }

    static Value slice(Call call) {
        Value.PerImage image = call.image(0);
        for (AxisSlice range : AxisSlice.ofSlice(call)) {
            image = range.of(image, call.batch());
        }
        return image;
    }

    static List<Value> split(Call call) {
        return AxisSlice.ofSplit(call).stream()
                .<Value>map(range -> range.of(call.image(0), call.batch()))
                .toList();
    }

    static Value gather(Call call) {
        Shape data = call.shape(0);
        Shape indices = call.shape(1);
        int axis = data.axis(call.attributes().integer("axis", 0));
        Shape shape = data.head(axis).then(indices).then(data.tail(axis + 1));
        if (call.value(0) instanceof Value.Constant) {
            return call.place(1).shifted(axis).value(shape);
        }
        call.constant(1);
        Place place = call.place(0).requireNotOn(axis, "takes by number");
        return (place.isFrom(axis) ? place.shifted(indices.rank() - 1) : place).value(shape);
    }

    static Value gatherElements(Call call) {
        int axis = call.shape(0).axis(call.attributes().integer("axis", 0));
        Place place =
                call.place(call.value(0) instanceof Value.PerImage ? 0 : 1).requireNotOn(axis, "takes by number");
        for (int input = 0; input < 2; input++) {
            if (call.batch() == 1) {
                continue;
            }
            if (call.value(input) instanceof Value.Constant constant) {
                place.requireSame(constant.tensor());
            } else if (!call.place(input).equals(place)) {
                throw Unproved.mixes("brings different images of the batch together");
            }
            if (call.shape(input).size(place.axis()) != call.shape(1).size(place.axis())) {
                throw Unproved.mixes("takes some images of the batch");
            }
        }
        return place.value(call.shape(1));
    }

    static Value concat(Call call) {
        return concat(call.values(), call.attributes().integer("axis", 1), call.batch());
    }

    static Value concat(List<Value> parts, long named, int batch) {
        Value.PerImage first = parts.stream()
                .filter(Value.PerImage.class::isInstance)
                .map(Value.PerImage.class::cast)
                .findFirst()
                .orElseThrow(() -> Unproved.mixes("takes no pixels"));
        int axis = first.shape().axis(named);
        Place place = Place.of(first, batch);
        boolean isAlong = place.isOn(axis);
        long size = 0;
        for (Value part : parts) {
            Shape shape = Call.shape(part);
            if (!shape.with(axis, 1).equals(first.shape().with(axis, 1))) {
                throw Unproved.mixes("joins values whose shapes do not fit");
            }
            size += shape.size(axis);
            if (part instanceof Value.PerImage image) {
                Place other = Place.of(image, batch);
                if (other.axis() != place.axis()
                        || other.inner() != place.inner()
                        || (!isAlong && other.outer() != place.outer())) {
                    throw Unproved.mixes("brings different images of the batch together");
                }
            } else if (isAlong) {
                throw Unproved.mixes("joins a constant to the batch");
            } else if (part instanceof Value.Constant constant) {
                place.requireSame(constant.tensor());
            }
        }
        return place.value(first.shape().with(axis, size));
    }

    static Value pad(Call call) {
        Shape shape = call.shape(0);
        call.requireConstantsFrom(1);
        long[] pads = call.integers(1, "pads").orElseThrow(() -> Unproved.mixes("lacks the sizes of its pads"));
        long[] axes = call.has(3)
                ? call.constant(3).integers()
                : IntStream.range(0, shape.rank()).asLongStream().toArray();
        if (pads.length != 2 * axes.length) {
            throw Unproved.mixes("pads " + axes.length + " axes by " + pads.length + " sizes");
        }
        Place place = call.place(0);
        Shape padded = shape;
        for (int i = 0; i < axes.length; i++) {
            int axis = shape.axis(axes[i]);
            if (pads[i] != 0 || pads[i + axes.length] != 0) {
                place.requireNotOn(axis, "pads");
            }
            padded = padded.with(axis, padded.size(axis) + pads[i] + pads[i + axes.length]);
        }
        return place.value(padded);
    }

    static Value expand(Call call) {
        Shape from = call.shape(0);
        Shape to = Shape.broadcast(List.of(from, Shape.of(call.constant(1).integers())));
        return call.place(0).shifted(to.rank() - from.rank()).value(to);
    }

    static Value tile(Call call) {
        Shape from = call.shape(0);
        long[] repeats = call.constant(1).integers();
        Shape to = from;
        for (int axis = 0; axis < from.rank(); axis++) {
            to = to.with(axis, Math.multiplyExact(from.size(axis), repeats[axis]));
        }
        return call.place(0).value(to);
    }

    /** Blocks of pixels become channels. */
    static Value spaceToDepth(Call call) {
        Shape shape = call.shape(0);
        long block = call.attributes().integer("blocksize", 1);
        return blocks(call, shape.size(1) * block * block, shape.size(2) / block, shape.size(3) / block);
    }

    static Value depthToSpace(Call call) {
        Shape shape = call.shape(0);
        long block = call.attributes().integer("blocksize", 1);
        return blocks(call, shape.size(1) / (block * block), shape.size(2) * block, shape.size(3) * block);
    }

    private static Value blocks(Call call, long channels, long height, long width) {
        return call.place(0).requireFirstAxis().value(Shape.of(call.shape(0).size(0), channels, height, width));
    }
}
