// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/**
 * Folds constants, as far as shapes, axes and conditions are made of them. Their shapes come from the rules for images, so
 * that there is one place for each operator's shape; what is not computed here is a constant all the same.
 */
final class Folding {
    private static final Map<String, Fold> FOLDS = new HashMap<>();

    static {
        for (String same : List.of("Identity", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Dropout")) {
            FOLDS.put(
                    same,
                    (call, shape, output) ->
                            output == 0 ? Optional.of(call.constant(0).shaped(shape)) : Optional.empty());
        }
        FOLDS.put("Transpose", Folding::transpose);
        FOLDS.put("Expand", Folding::repeat);
        FOLDS.put("Tile", Folding::repeat);
        FOLDS.put("Slice", (call, shape, output) -> Optional.of(taken(call, shape, AxisSlice.ofSlice(call))));
        FOLDS.put(
                "Split",
                (call, shape, output) -> Optional.of(
                        taken(call, shape, List.of(AxisSlice.ofSplit(call).get(output)))));
        FOLDS.put("Gather", Folding::gather);
        FOLDS.put("Concat", Folding::concat);
        FOLDS.put("Where", Folding::where);
        FOLDS.put("Cast", Folding::cast);
        arithmetic("Add", (a, b) -> a + b, Double::sum);
        arithmetic("Sub", (a, b) -> a - b, (a, b) -> a - b);
        arithmetic("Mul", (a, b) -> a * b, (a, b) -> a * b);
        arithmetic("Div", (a, b) -> a / b, (a, b) -> a / b);
        // Of floating-point numbers, what comes of NaN is each engine's own.
        integers("Max", call -> Math::max);
        integers("Min", call -> Math::min);
        integers("Mod", call -> call.attributes().isSet("fmod", false) ? (a, b) -> a % b : Math::floorMod);
        comparison("Equal", (a, b) -> a == b ? 1 : 0, (a, b) -> a == b ? 1 : 0);
        comparison("Greater", (a, b) -> a > b ? 1 : 0, (a, b) -> a > b ? 1 : 0);
        comparison("GreaterOrEqual", (a, b) -> a >= b ? 1 : 0, (a, b) -> a >= b ? 1 : 0);
        comparison("Less", (a, b) -> a < b ? 1 : 0, (a, b) -> a < b ? 1 : 0);
        comparison("LessOrEqual", (a, b) -> a <= b ? 1 : 0, (a, b) -> a <= b ? 1 : 0);
        logic("And", (a, b) -> a != 0 && b != 0 ? 1 : 0);
        logic("Or", (a, b) -> a != 0 || b != 0 ? 1 : 0);
        logic("Xor", (a, b) -> (a != 0) == (b != 0) ? 0 : 1);
        logic("Not", (a, b) -> a != 0 ? 0 : 1);
        unary("Neg", a -> -a);
        unary("Abs", Math::abs);
        unary("Floor", Math::floor);
        unary("Ceil", Math::ceil);
        unary("Sqrt", Math::sqrt);
        reduction("ReduceProd", 1, (a, b) -> a * b);
        reduction("ReduceSum", 0, Long::sum);
        reduction("ReduceMax", Long.MIN_VALUE, Math::max);
        reduction("ReduceMin", Long.MAX_VALUE, Math::min);
    }

    private Folding() {}

    /** What an operator makes of constants alone. */
    static List<Value> apply(Call call, Rule rule) {
        List<Value> shapes = rule.apply(call.ofOneImage());
        List<Value> folded = new ArrayList<>();
        for (int output = 0; output < shapes.size(); output++) {
            folded.add(
                    shapes.get(output) instanceof Value.PerImage image
                            ? new Value.Constant(folded(call, image.shape(), output))
                            : shapes.get(output));
        }
        return folded;
    }

    private static Tensor folded(Call call, Shape shape, int output) {
        Fold fold = FOLDS.get(call.operator());
        try {
            return fold == null
                    ? Tensor.notComputed(shape)
                    : fold.apply(call, shape, output).orElseGet(() -> Tensor.notComputed(shape));
        } catch (Unproved | ArithmeticException | IndexOutOfBoundsException notKnownHere) {
            return Tensor.notComputed(shape);
        }
    }

    private static void arithmetic(String operator, LongBinaryOperator integers, DoubleBinaryOperator numbers) {
        FOLDS.put(operator, (call, shape, output) -> binary(call, shape, integers, numbers));
    }

    private static void integers(String operator, Function<Call, LongBinaryOperator> operation) {
        FOLDS.put(
                operator,
                (call, shape, output) -> call.constant(0).isInteger()
                        ? binary(call, shape, operation.apply(call), (a, b) -> a)
                        : Optional.empty());
    }

    private static Optional<Tensor> binary(
            Call call, Shape shape, LongBinaryOperator integers, DoubleBinaryOperator numbers) {
        if (call.values().size() != 2
                || call.constant(0).type() != call.constant(1).type()) {
            return Optional.empty();
        }
        return switch (call.constant(0).type()) {
            case INT64 -> Optional.of(zipped(call, shape, DataType.INT64, integers));
            case INT32 -> Optional.of(zipped(call, shape, DataType.INT32, (a, b) -> (int) integers.applyAsLong(a, b)));
            case FLOAT ->
                Optional.of(zipped(
                        call,
                        shape,
                        DataType.FLOAT,
                        (a, b) -> bits((float) numbers.applyAsDouble(number(a), number(b)))));
            default -> Optional.empty();
        };
    }

    private static void comparison(String operator, LongBinaryOperator integers, NumberTest numbers) {
        FOLDS.put(operator, (call, shape, output) -> {
            DataType type = call.constant(0).type();
            if (type != call.constant(1).type()) {
                return Optional.empty();
            }
            return switch (type) {
                case INT64, INT32, BOOL -> Optional.of(zipped(call, shape, DataType.BOOL, integers));
                case FLOAT, DOUBLE ->
                    Optional.of(zipped(call, shape, DataType.BOOL, (a, b) -> numbers.test(number(a), number(b))));
                default -> Optional.empty();
            };
        });
    }

    private static void logic(String operator, LongBinaryOperator bits) {
        FOLDS.put(
                operator,
                (call, shape, output) -> hasOnlyBooleans(call)
                        ? Optional.of(zipped(call, shape, DataType.BOOL, bits))
                        : Optional.empty());
    }

    private static boolean hasOnlyBooleans(Call call) {
        return call.constant(0).type() == DataType.BOOL
                && call.constant(call.inputs().size() - 1).type() == DataType.BOOL;
    }

    /** Each value of the first input, broadcast, with that of the last. */
    private static Tensor zipped(Call call, Shape shape, DataType type, LongBinaryOperator operation) {
        Tensor first = call.constant(0);
        Tensor last = call.constant(call.inputs().size() - 1);
        return Tensor.computed(shape, type, () -> {
            long[] a = first.bits();
            long[] b = last.bits();
            long[] result = values(shape);
            for (int f = 0; f < result.length; f++) {
                long[] at = shape.coordinates(f);
                result[f] = operation.applyAsLong(
                        a[(int) first.shape().wrapped(at)], b[(int) last.shape().wrapped(at)]);
            }
            return result;
        });
    }

    /** Exact in float32. */
    private static void unary(String operator, DoubleUnaryOperator operation) {
        FOLDS.put(operator, (call, shape, output) -> {
            Tensor from = call.constant(0);
            if (from.type() != DataType.FLOAT) {
                return Optional.empty();
            }
            return Optional.of(Tensor.computed(
                    shape,
                    DataType.FLOAT,
                    () -> Arrays.stream(from.bits())
                            .map(bits -> bits((float) operation.applyAsDouble(number(bits))))
                            .toArray()));
        });
    }

    private static void reduction(String operator, long start, LongBinaryOperator operation) {
        FOLDS.put(operator, (call, shape, output) -> {
            Tensor from = call.constant(0);
            if (!from.isInteger() || shape.count() != 1 || from.shape().count() == 0) {
                return Optional.empty();
            }
            long result = start;
            for (long value : from.integers()) {
                result = operation.applyAsLong(result, value);
            }
            long[] one = {from.type() == DataType.INT32 ? (int) result : result};
            return Optional.of(Tensor.of(shape, from.type(), one));
        });
    }

    private static Optional<Tensor> cast(Call call, Shape shape, int output) {
        DataType to = DataType.forNumber((int) call.attributes().integer("to", 0));
        Tensor from = call.constant(0);
        if (to == from.type()) {
            return Optional.of(from);
        }
        boolean isNumber = from.type() == DataType.FLOAT || from.type() == DataType.DOUBLE;
        if (to == null || !(isNumber || from.isInteger() || from.type() == DataType.BOOL)) {
            return Optional.empty();
        }
        long[] result = from.bits().clone();
        for (int f = 0; f < result.length; f++) {
            double number = isNumber ? number(result[f]) : result[f];
            // A conversion that overflows is not the same on each machine.
            if (isNumber && (to == DataType.INT64 || to == DataType.INT32) && !(Math.abs(number) < Integer.MAX_VALUE)) {
                return Optional.empty();
            }
            switch (to) {
                case INT64 -> result[f] = isNumber ? (long) number : result[f];
                case INT32 -> result[f] = isNumber ? (int) number : (int) result[f];
                case BOOL -> result[f] = (isNumber ? number != 0 : result[f] != 0) ? 1 : 0;
                case FLOAT -> result[f] = bits(isNumber ? (float) number : (float) result[f]);
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(Tensor.of(shape, to, result));
    }

    private static Optional<Tensor> where(Call call, Shape shape, int output) {
        Tensor condition = call.constant(0);
        Tensor yes = call.constant(1);
        Tensor no = call.constant(2);
        if (condition.type() != DataType.BOOL || yes.type() != no.type()) {
            return Optional.empty();
        }
        return Optional.of(Tensor.computed(shape, yes.type(), () -> {
            long[] choices = condition.bits();
            long[] a = yes.bits();
            long[] b = no.bits();
            long[] result = values(shape);
            for (int f = 0; f < result.length; f++) {
                long[] at = shape.coordinates(f);
                boolean choice = choices[(int) condition.shape().wrapped(at)] != 0;
                result[f] = choice
                        ? a[(int) yes.shape().wrapped(at)]
                        : b[(int) no.shape().wrapped(at)];
            }
            return result;
        }));
    }

    private static Optional<Tensor> transpose(Call call, Shape shape, int output) {
        int[] order = Selection.order(call);
        Shape from = call.shape(0);
        return Optional.of(call.constant(0).rearranged(shape, f -> {
            long[] to = shape.coordinates(f);
            long[] at = new long[order.length];
            for (int axis = 0; axis < order.length; axis++) {
                at[order[axis]] = to[axis];
            }
            return from.wrapped(at);
        }));
    }

    private static Optional<Tensor> repeat(Call call, Shape shape, int output) {
        Shape from = call.shape(0);
        return Optional.of(call.constant(0).rearranged(shape, f -> from.wrapped(shape.coordinates(f))));
    }

    private static Tensor taken(Call call, Shape shape, List<AxisSlice> ranges) {
        Shape from = call.shape(0);
        return call.constant(0).rearranged(shape, f -> {
            long[] at = shape.coordinates(f);
            ranges.forEach(range -> at[range.axis()] = range.first() + range.step() * at[range.axis()]);
            return from.wrapped(at);
        });
    }

    private static Optional<Tensor> gather(Call call, Shape shape, int output) {
        Shape from = call.shape(0);
        int axis = from.axis(call.attributes().integer("axis", 0));
        long[] indices = call.constant(1).integers();
        int rank = call.shape(1).rank();
        return Optional.of(call.constant(0).rearranged(shape, f -> {
            long[] to = shape.coordinates(f);
            long[] at = new long[from.rank()];
            System.arraycopy(to, 0, at, 0, axis);
            System.arraycopy(to, axis + rank, at, axis + 1, from.rank() - axis - 1);
            long[] which = new long[rank];
            System.arraycopy(to, axis, which, 0, rank);
            long index = indices[(int) call.shape(1).wrapped(which)];
            at[axis] = index < 0 ? index + from.size(axis) : index;
            return from.wrapped(at);
        }));
    }

    private static Optional<Tensor> concat(Call call, Shape shape, int output) {
        int axis = shape.axis(call.attributes().integer("axis", 1));
        DataType type = call.constant(0).type();
        List<Tensor> parts = IntStream.range(0, call.inputs().size())
                .mapToObj(call::constant)
                .toList();
        if (parts.stream().anyMatch(part -> part.type() != type)) {
            return Optional.empty();
        }
        return Optional.of(Tensor.computed(shape, type, () -> {
            long[] result = values(shape);
            long begin = 0;
            for (Tensor part : parts) {
                long[] from = part.bits();
                for (int f = 0; f < from.length; f++) {
                    long[] at = part.shape().coordinates(f);
                    at[axis] += begin;
                    result[(int) shape.wrapped(at)] = from[f];
                }
                begin += part.shape().size(axis);
            }
            return result;
        }));
    }

    private static long[] values(Shape shape) {
        return new long[Tensor.countable(shape)];
    }

    private static double number(long bits) {
        return Double.longBitsToDouble(bits);
    }

    private static long bits(float number) {
        return Double.doubleToRawLongBits(number);
    }

    private interface NumberTest {
        long test(double a, double b);
    }
}
