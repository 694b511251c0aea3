// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Sizes of a tensor's axes, each at least 0. Values are counted row-major. */
final class Shape {
    private final long[] sizes;
    private final long count;

    private Shape(long[] sizes) {
        this.sizes = sizes;
        this.count = product(sizes);
    }

    /** @throws Unproved when a size is negative */
    static Shape of(long... sizes) {
        if (LongStream.of(sizes).anyMatch(size -> size < 0)) {
            throw Unproved.mixes("has a value of shape " + Arrays.toString(sizes));
        }
        return new Shape(sizes.clone());
    }

    static Shape of(Collection<Long> sizes) {
        return of(sizes.stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * The shape to which all broadcast, by NumPy's rules.
     *
     * @throws Unproved when they do not
     */
    static Shape broadcast(List<Shape> shapes) {
        int rank = shapes.stream().mapToInt(Shape::rank).max().orElse(0);
        long[] all = new long[rank];
        Arrays.fill(all, 1);
        for (Shape shape : shapes) {
            for (int axis = 0; axis < shape.rank(); axis++) {
                int to = rank - shape.rank() + axis;
                long size = shape.size(axis);
                if (size != 1 && all[to] != 1 && all[to] != size) {
                    throw Unproved.mixes("takes values whose shapes do not fit: " + shapes);
                }
                all[to] = all[to] == 1 ? size : all[to];
            }
        }
        return new Shape(all);
    }

    int rank() {
        return sizes.length;
    }

    long size(int axis) {
        return sizes[axis];
    }

    long[] sizes() {
        return sizes.clone();
    }

    /** Number of values. */
    long count() {
        return count;
    }

    /** Number of values that one step along an axis passes over. */
    long after(int axis) {
        return product(Arrays.copyOfRange(sizes, axis + 1, sizes.length));
    }

    /**
     * An axis as ONNX names it: negative ones count from the end.
     *
     * @throws Unproved when there is no such axis
     */
    int axis(long named) {
        long axis = named < 0 ? named + rank() : named;
        if (axis < 0 || axis >= rank()) {
            throw Unproved.mixes("names axis " + named + " of a value of shape " + this);
        }
        return (int) axis;
    }

    Shape with(int axis, long size) {
        long[] other = sizes.clone();
        other[axis] = size;
        return of(other);
    }

    Shape without(Collection<Integer> axes) {
        return of(IntStream.range(0, rank())
                .filter(axis -> !axes.contains(axis))
                .mapToLong(axis -> sizes[axis])
                .toArray());
    }

    /** The first axes, {@code end} not included. */
    Shape head(int end) {
        return of(Arrays.copyOf(sizes, end));
    }

    /** The axes from {@code begin} on. */
    Shape tail(int begin) {
        return of(Arrays.copyOfRange(sizes, begin, rank()));
    }

    Shape then(Shape other) {
        return of(LongStream.concat(LongStream.of(sizes), LongStream.of(other.sizes))
                .toArray());
    }

    Shape permuted(int[] order) {
        return of(Arrays.stream(order).mapToLong(axis -> sizes[axis]).toArray());
    }

    /** Coordinates of the value with a number. */
    long[] coordinates(long number) {
        long[] at = new long[rank()];
        long rest = number;
        for (int axis = rank() - 1; axis >= 0; axis--) {
            at[axis] = rest % sizes[axis];
            rest /= sizes[axis];
        }
        return at;
    }

    /** Number of the value at coordinates of another shape to which this one broadcasts, or that repeats it. */
    long wrapped(long[] coordinates) {
        long number = 0;
        int shift = coordinates.length - rank();
        for (int axis = 0; axis < rank(); axis++) {
            number = number * sizes[axis] + coordinates[axis + shift] % sizes[axis];
        }
        return number;
    }

    private static long product(long[] sizes) {
        long product = 1;
        for (long size : sizes) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    @Override
    public String toString() {
        return LongStream.of(sizes).mapToObj(Long::toString).collect(Collectors.joining("x", "[", "]"));
    }
}
