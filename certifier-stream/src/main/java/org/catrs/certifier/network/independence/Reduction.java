// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Operators that bring the values along some axes together: the images must lie on another. */
final class Reduction {
    private Reduction() {}

    static Value reduce(Call call) {
        Value.PerImage image = call.image(0);
        Shape shape = image.shape();
        Set<Integer> axes = call.integers(1, "axes")
                .map(named -> LongStream.of(named).mapToObj(shape::axis).collect(Collectors.toSet()))
                .orElse(Set.of());
        if (axes.isEmpty() && call.attributes().isSet("noop_with_empty_axes", false)) {
            return image;
        }
        return over(call, axes.isEmpty() ? allAxes(shape) : axes, "reduces");
    }

    /** ArgMax and ArgMin. */
    static Value one(Call call) {
        int axis = call.shape(0).axis(call.attributes().integer("axis", 0));
        return over(call, Set.of(axis), "compares");
    }

    private static Value over(Call call, Set<Integer> axes, String done) {
        Value.PerImage image = call.image(0);
        Place place = call.place(0);
        axes.forEach(axis -> place.requireNotOn(axis, done));
        Shape kept = image.shape();
        for (int axis : axes) {
            kept = kept.with(axis, 1);
        }
        Value.PerImage reduced = place.value(kept);
        return call.attributes().isSet("keepdims", true)
                ? reduced
                : new Value.PerImage(kept.without(axes), reduced.width());
    }

    /** Softmax and its kin: until version 12, along an axis and all behind it. */
    static Value softmax(Call call) {
        Shape shape = call.shape(0);
        boolean isOld = call.version() < 13;
        int axis = shape.axis(call.attributes().integer("axis", isOld ? 1 : -1));
        if (isOld) {
            IntStream.range(axis, shape.rank()).forEach(each -> call.place(0).requireNotOn(each, "normalises"));
        } else {
            call.place(0).requireNotOn(axis, "normalises");
        }
        return call.image(0);
    }

    static Value lpNormalization(Call call) {
        call.place(0).requireNotOn(call.shape(0).axis(call.attributes().integer("axis", -1)), "normalises");
        return call.image(0);
    }

    static Value meanVarianceNormalization(Call call) {
        long[] axes = call.attributes().integers("axes").orElse(new long[] {0, 2, 3});
        LongStream.of(axes)
                .mapToInt(call.shape(0)::axis)
                .forEach(axis -> call.place(0).requireNotOn(axis, "normalises"));
        return call.image(0);
    }

    static Value cumulativeSum(Call call) {
        long[] axis = call.constant(1).integers();
        call.place(0).requireNotOn(call.shape(0).axis(axis[0]), "sums");
        return call.image(0);
    }

    static List<Value> topK(Call call) {
        Shape shape = call.shape(0);
        int axis = shape.axis(call.attributes().integer("axis", -1));
        long count =
                call.has(1) ? call.constant(1).integers()[0] : call.attributes().integer("k", 1);
        Value top = call.place(0).requireNotOn(axis, "sorts").value(shape.with(axis, count));
        return List.of(top, top);
    }

    private static Set<Integer> allAxes(Shape shape) {
        return IntStream.range(0, shape.rank()).boxed().collect(Collectors.toSet());
    }
}
