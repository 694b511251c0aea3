// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.Arrays;
import java.util.List;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/** Operators that make constants: of attributes, of other constants, and of the shapes of values. */
final class Making {
    private Making() {}

    static Tensor constant(Call call) {
        NodeAttributes attributes = call.attributes();
        if (attributes.byName().size() != 1) {
            throw Unproved.mixes("has several values, or none");
        }
        AttributeProto only = attributes.byName().values().iterator().next();
        return switch (attributes.byName().keySet().iterator().next()) {
            case "value" -> Tensor.of(only.getT());
            case "value_int" -> Tensor.of(Shape.of(), DataType.INT64, new long[] {only.getI()});
            case "value_ints" ->
                Tensor.ofLongs(attributes.integers("value_ints").orElseThrow());
            case "value_float" -> Tensor.of(Shape.of(), DataType.FLOAT, bits(only.getF()));
            case "value_floats" ->
                Tensor.of(Shape.of(only.getFloatsCount()), DataType.FLOAT, bits(attributes.floats("value_floats")));
            default -> throw Unproved.mixes("has a value that is no tensor of numbers");
        };
    }

    static Tensor shape(Call call) {
        long[] sizes = call.shape(0).sizes();
        int start = bound(call.attributes().integer("start", 0), sizes.length);
        int end = bound(call.attributes().integer("end", sizes.length), sizes.length);
        return Tensor.ofLongs(Arrays.copyOfRange(sizes, start, Math.max(start, end)));
    }

    private static int bound(long named, int rank) {
        return (int) Math.max(0, Math.min(rank, named < 0 ? named + rank : named));
    }

    static Tensor size(Call call) {
        return Tensor.of(Shape.of(), DataType.INT64, new long[] {call.shape(0).count()});
    }

    static Tensor filled(Call call) {
        Shape shape = Shape.of(call.constant(0).integers());
        Tensor value = call.attributes()
                .tensor("value")
                .map(Tensor::of)
                .orElseGet(() -> Tensor.of(Shape.of(1), DataType.FLOAT, bits(0)));
        return shape.count() > 0 && value.shape().count() == 1
                ? value.rearranged(shape, f -> 0)
                : Tensor.notComputed(shape);
    }

    static Tensor range(Call call) {
        List<Tensor> bounds = List.of(call.constant(0), call.constant(1), call.constant(2));
        if (!bounds.stream().allMatch(Tensor::isInteger)) {
            throw Unproved.mixes("counts in steps that are no whole numbers, which is not looked into");
        }
        long start = bounds.get(0).integers()[0];
        long limit = bounds.get(1).integers()[0];
        long step = bounds.get(2).integers()[0];
        long count = Math.max(0, -Math.floorDiv(Math.subtractExact(start, limit), step));
        long[] values = new long[Tensor.countable(Shape.of(count))];
        for (int i = 0; i < values.length; i++) {
            values[i] = start + i * step;
        }
        return Tensor.of(Shape.of(count), bounds.get(0).type(), values);
    }

    private static long[] bits(float... numbers) {
        long[] bits = new long[numbers.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToRawLongBits(numbers[i]);
        }
        return bits;
    }
}
