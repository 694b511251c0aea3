// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A constant.
 *
 * <p>Each value is 64 bits: an integer, true as 1, or a floating-point number's bits as float64; of types with which
 * nothing is computed here, the bits as they stand in the file. A constant that is not computed here has the type
 * {@link DataType#UNDEFINED} and a number of its own for each value: equal numbers mean equal values.
 */
final class Tensor {
    /** More values are not looked at. */
    private static final long LARGEST = 1 << 22;

    private static final long SMALL = 64;

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final Shape shape;
    private final DataType type;
    private final Bits bits;

    private Tensor(Shape shape, DataType type, Bits bits) {
        this.shape = shape;
        this.type = type;
        this.bits = bits;
    }

    /** A constant of a file, which is read when its values are asked for. */
    static Tensor of(TensorProto proto) {
        Shape shape = Shape.of(proto.getDimsList());
        DataType type = DataType.forNumber(proto.getDataType());
        return type == null || type == DataType.STRING
                ? notComputed(shape)
                : new Tensor(shape, type, () -> TensorValues.of(proto, (int) shape.count()));
    }

    static Tensor of(Shape shape, DataType type, long[] bits) {
        return new Tensor(shape, type, () -> bits);
    }

    /** A constant that is computed when its values are asked for, and then kept; a small one at once. */
    static Tensor computed(Shape shape, DataType type, Bits bits) {
        if (shape.count() <= SMALL) {
            return of(shape, type, bits.get());
        }
        return new Tensor(shape, type, new Bits() {
            private long @Nullable [] known;

            @Override
            public long[] get() {
                if (known == null) {
                    known = bits.get();
                }
                return known;
            }
        });
    }

    /** An int64 constant of one axis. */
    static Tensor ofLongs(long... values) {
        return of(Shape.of(values.length), DataType.INT64, values);
    }

    /** A constant whose values are not known here. */
    static Tensor notComputed(Shape shape) {
        long first = NUMBERS.getAndAdd(Math.min(shape.count(), LARGEST));
        return new Tensor(shape, DataType.UNDEFINED, () -> {
            long[] numbers = new long[(int) shape.count()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = first + i;
            }
            return numbers;
        });
    }

    Shape shape() {
        return shape;
    }

    DataType type() {
        return type;
    }

    boolean isInteger() {
        return type == DataType.INT64 || type == DataType.INT32;
    }

    /** @throws Unproved when there are too many to look at, or the file does not hold them as it says */
    long[] bits() {
        countable(shape);
        return bits.get();
    }

    /**
     * Number of values of a shape.
     *
     * @throws Unproved when there are too many to look at
     */
    static int countable(Shape shape) {
        if (shape.count() > LARGEST) {
            throw Unproved.mixes("needs the values of a constant of shape " + shape + ", too many to look at");
        }
        return (int) shape.count();
    }

    /**
     * The values of an int64 or int32 constant.
     *
     * @throws Unproved when it is of another type, or not known
     */
    long[] integers() {
        if (!isInteger()) {
            throw Unproved.mixes("needs whole numbers that are not known before it runs");
        }
        return bits();
    }

    /**
     * The values of a float32 constant.
     *
     * @throws Unproved when it is of another type, or not known
     */
    float[] floats() {
        if (type != DataType.FLOAT) {
            throw Unproved.mixes("needs numbers that are not known before it runs");
        }
        long[] from = bits();
        float[] numbers = new float[from.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) Double.longBitsToDouble(from[i]);
        }
        return numbers;
    }

    /** Whether it is known that each value is true; empty when the values are not known. */
    Optional<Boolean> isTrue() {
        return type == DataType.BOOL ? Optional.of(LongStream.of(bits()).allMatch(bit -> bit != 0)) : Optional.empty();
    }

    /** This constant's values in another shape, the value with number f being that with number {@code source(f)} here. */
    Tensor rearranged(Shape other, LongUnaryOperator source) {
        return computed(other, type, () -> {
            long[] from = bits();
            long[] to = new long[countable(other)];
            for (int f = 0; f < to.length; f++) {
                to[f] = from[(int) source.applyAsLong(f)];
            }
            return to;
        });
    }

    /** The same values, counted alike, in another shape. */
    Tensor shaped(Shape other) {
        return new Tensor(other, type, bits);
    }

    /**
     * Makes sure that the constant, laid out as {@link Value.PerImage}, has the same values for each image.
     *
     * @throws Unproved when it does not
     */
    void requireSame(long width, int batch) {
        if (width < 1 || shape.count() % (width * batch) != 0) {
            throw Unproved.mixes("takes a constant of shape " + shape + " that does not fit the batch");
        }
        long[] values = bits();
        for (int f = 0; f < values.length; f++) {
            long first = f - f % (width * batch) + f % width;
            if (values[f] != values[(int) first]) {
                throw Unproved.mixes("takes a constant that differs from one place of the batch to another");
            }
        }
    }

    /** The values. */
    interface Bits {
        long[] get();
    }
}
