// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that give the same values, counted alike, in another shape: the images stay where they are. */
final class Reshaping {
    private Reshaping() {}

    static Value reshape(Call call) {
        Shape from = call.shape(0);
        long[] to = call.integers(1, "shape").orElseThrow(() -> Unproved.mixes("lacks a shape"));
        boolean zeroIsKept = !call.attributes().isSet("allowzero", false);
        int open = -1;
        long rest = 1;
        for (int axis = 0; axis < to.length; axis++) {
            if (to[axis] == 0 && zeroIsKept) {
                to = to.clone();
                to[axis] = from.size(from.axis(axis));
            }
            if (to[axis] == -1) {
                open = axis;
            } else {
                rest = Math.multiplyExact(rest, to[axis]);
            }
        }
        if (open >= 0) {
            to = to.clone();
            to[open] = from.count() / rest;
        }
        return same(call, Shape.of(to));
    }

    static Value flatten(Call call) {
        Shape from = call.shape(0);
        long named = call.attributes().integer("axis", 1);
        int axis = named == from.rank() ? from.rank() : from.axis(named);
        return same(call, Shape.of(from.head(axis).count(), from.tail(axis).count()));
    }

    static Value squeeze(Call call) {
        Shape from = call.shape(0);
        Set<Integer> axes = call.integers(1, "axes")
                .map(named -> LongStream.of(named).mapToObj(from::axis).collect(Collectors.toSet()))
                .orElseGet(() -> IntStream.range(0, from.rank())
                        .filter(axis -> from.size(axis) == 1)
                        .boxed()
                        .collect(Collectors.toSet()));
        return same(call, from.without(axes));
    }

    static Value unsqueeze(Call call) {
        Shape from = call.shape(0);
        long[] named = call.integers(1, "axes").orElse(new long[0]);
        int rank = from.rank() + named.length;
        Set<Integer> added = new TreeSet<>();
        for (long axis : named) {
            added.add(Math.toIntExact(axis < 0 ? axis + rank : axis));
        }
        List<Long> kept = LongStream.of(from.sizes()).boxed().collect(Collectors.toList());
        for (int axis : added) {
            kept.add(axis, 1L);
        }
        return same(call, Shape.of(kept));
    }

    private static Value same(Call call, Shape to) {
        Value.PerImage from = call.image(0);
        if (to.count() != from.shape().count()) {
            throw Unproved.mixes("cannot give a value of shape " + from.shape() + " the shape " + to);
        }
        return new Value.PerImage(to, from.width());
    }
}
