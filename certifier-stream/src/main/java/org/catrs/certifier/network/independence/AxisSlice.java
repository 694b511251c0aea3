// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values of one axis that are taken, in their order.
 *
 * @param first the first one taken
 * @param step to the next
 * @param count how many
 */
record AxisSlice(int axis, long first, long step, long count) {
    /** What a Slice takes. */
    static List<AxisSlice> ofSlice(Call call) {
        long[] starts = call.integers(1, "starts").orElse(new long[0]);
        long[] ends = call.integers(2, "ends").orElse(new long[0]);
        Optional<long[]> axes = call.integers(3, "axes");
        Optional<long[]> steps = call.integers(4, "steps");
        if (starts.length != ends.length) {
            throw Unproved.mixes("slices from " + starts.length + " places to " + ends.length);
        }
        List<AxisSlice> ranges = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            Shape shape = call.shape(0);
            int axis = shape.axis(axes.isPresent() ? axes.get()[i] : i);
            ranges.add(of(axis, shape.size(axis), starts[i], ends[i], steps.isPresent() ? steps.get()[i] : 1));
        }
        return ranges;
    }

    private static AxisSlice of(int axis, long size, long start, long end, long step) {
        if (step == 0) {
            throw Unproved.mixes("slices with a step of 0");
        }
        long low = step > 0 ? 0 : -1;
        long high = step > 0 ? size : size - 1;
        long first = clamp(start < 0 ? start + size : start, 0, high);
        long last = clamp(end < 0 ? end + size : end, low, high);
        long between = step > 0 ? last - first : first - last;
        long stride = step == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(step);
        return new AxisSlice(axis, first, step, between <= 0 ? 0 : 1 + (between - 1) / stride);
    }

    private static long clamp(long value, long low, long high) {
        return Math.max(low, Math.min(high, value));
    }

    /** What each output of a Split takes. */
    static List<AxisSlice> ofSplit(Call call) {
        Shape shape = call.shape(0);
        int axis = shape.axis(call.attributes().integer("axis", 0));
        long[] sizes = call.integers(1, "split").orElseGet(() -> equalParts(shape.size(axis), call));
        List<AxisSlice> ranges = new ArrayList<>();
        long at = 0;
        for (long size : sizes) {
            ranges.add(new AxisSlice(axis, at, 1, size));
            at += size;
        }
        if (at != shape.size(axis) || sizes.length != call.outputs()) {
            throw Unproved.mixes("splits " + shape.size(axis) + " values into parts that do not fit");
        }
        return ranges;
    }

    private static long[] equalParts(long size, Call call) {
        long part = (size + call.outputs() - 1) / call.outputs();
        long[] parts = new long[call.outputs()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Math.min(part, size - part * i);
        }
        return parts;
    }

    /**
     * The value that is taken of another.
     *
     * @throws Unproved when not all images of the batch are taken, in their order
     */
    Value.PerImage of(Value.PerImage image, int batch) {
        Place place = Place.of(image, batch);
        long block = place.inner() * batch;
        if (place.isOn(axis) && (step != 1 || first % block != 0 || count % block != 0)) {
            throw Unproved.mixes("takes some images of the batch, or puts them in another order");
        }
        return place.value(image.shape().with(axis, count));
    }
}
