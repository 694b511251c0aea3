// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import static org.catrs.schemas.onnx.OnnxParts.integer;
import static org.catrs.schemas.onnx.OnnxParts.integers;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.AttributeProto;

/**
 * Draws networks of a few operators that move the values of a batch about without regard for its images: some mix them,
 * some do not. The same seed always gives the same network.
 */
final class RandomNetwork {
    static final int BATCH = 4;
    static final long[] IMAGE = {4, 3, 4};

    private static final int MOST_VALUES = 6000;

    private final SplittableRandom random;
    private final SmallNetwork network;
    private final boolean isNew;
    private long[] shape = {BATCH, 4, 3, 4};
    private String value = "x";
    private int names;

    private RandomNetwork(long seed) {
        this.random = new SplittableRandom(seed);
        long version = new long[] {11, 13, 17}[random.nextInt(3)];
        this.isNew = version >= 13;
        this.network = new SmallNetwork(IMAGE).operators(version);
    }

    static OnnxModel of(long seed) {
        RandomNetwork drawn = new RandomNetwork(seed);
        int steps = drawn.random.nextInt(2, 8);
        for (int step = 0; step < steps; step++) {
            drawn.step();
        }
        return drawn.network
                .longs("rows", BATCH, -1)
                .node("Reshape", drawn.value + " rows", "y")
                .model();
    }

    private void step() {
        int axis = random.nextInt(shape.length);
        switch (random.nextInt(19)) {
            case 0 -> apply("Relu");
            case 1 -> apply("Tanh");
            case 2, 3, 4 -> transpose();
            case 5, 6, 7 -> reshape();
            case 8 -> softmax(axis);
            case 9 -> lessMean(axis);
            case 10 -> turn(axis);
            case 11 -> runningSum(axis);
            case 12 -> withConstant(random.nextBoolean() ? "Add" : "Mul");
            case 13 -> multiply();
            case 14 -> attend();
            case 15 -> swapHalves(axis);
            case 16 -> repeat(axis);
            case 17 -> channels();
            default -> join(axis);
        }
    }

    private String name() {
        return "v" + names++;
    }

    private void apply(String operator, AttributeProto... attributes) {
        apply(operator, value, attributes);
    }

    private void apply(String operator, String inputs, AttributeProto... attributes) {
        String result = name();
        network.node(operator, inputs, result, attributes);
        value = result;
    }

    private String longs(long... values) {
        String name = name();
        network.longs(name, values);
        return name;
    }

    private void transpose() {
        int one = random.nextInt(shape.length);
        int other = random.nextInt(shape.length);
        long[] order = LongStream.range(0, shape.length).toArray();
        order[one] = other;
        order[other] = one;
        long[] from = shape.clone();
        shape[one] = from[other];
        shape[other] = from[one];
        apply("Transpose", integers("perm", order));
    }

    private void reshape() {
        long rest = count();
        long[] to = new long[random.nextInt(1, 5)];
        boolean keepsBatch = random.nextBoolean();
        for (int axis = 0; axis < to.length - 1; axis++) {
            long[] divisors = LongStream.rangeClosed(1, rest)
                    .filter(each -> count() % each == 0)
                    .toArray();
            long left = rest;
            long[] fitting =
                    Arrays.stream(divisors).filter(each -> left % each == 0).toArray();
            to[axis] = axis == 0 && keepsBatch && rest % BATCH == 0 ? BATCH : fitting[random.nextInt(fitting.length)];
            rest /= to[axis];
        }
        to[to.length - 1] = rest;
        shape = to;
        apply("Reshape", value + " " + longs(to));
    }

    private void softmax(int axis) {
        apply("Softmax", integer("axis", axis));
    }

    private void lessMean(int axis) {
        String before = value;
        apply("ReduceMean", integers("axes", axis));
        apply("Sub", before + " " + value);
    }

    /** Reverses an axis, or rolls it. */
    private void turn(int axis) {
        if (random.nextBoolean()) {
            apply("Slice", value + " " + longs(-1) + " " + longs(-1000) + " " + longs(axis) + " " + longs(-1));
        } else {
            long[] order = LongStream.range(0, shape[axis])
                    .map(each -> (each + 1) % shape[axis])
                    .toArray();
            apply("Gather", value + " " + longs(order), integer("axis", axis));
        }
    }

    private void runningSum(int axis) {
        String number = name();
        network.number(number, axis);
        apply("CumSum", value + " " + number);
    }

    private void withConstant(String operator) {
        String constant = name();
        network.weights(
                constant,
                LongStream.of(shape)
                        .map(size -> random.nextBoolean() ? size : 1)
                        .toArray());
        apply(operator, value + " " + constant);
    }

    private void multiply() {
        long inner = shape[shape.length - 1];
        if (shape.length > 1 && inner <= 48) {
            String weights = name();
            network.weights(weights, inner, inner);
            apply("MatMul", value + " " + weights);
        }
    }

    private void attend() {
        if (shape.length < 2 || shape[shape.length - 2] > 48) {
            return;
        }
        String tokens = value;
        long[] order = LongStream.range(0, shape.length).toArray();
        order[shape.length - 1] = shape.length - 2L;
        order[shape.length - 2] = shape.length - 1L;
        apply("Transpose", integers("perm", order));
        apply("MatMul", tokens + " " + value);
        apply("Softmax", integer("axis", shape.length - 1));
        apply("MatMul", value + " " + tokens);
    }

    private void swapHalves(int axis) {
        if (shape[axis] % 2 != 0) {
            return;
        }
        String first = name();
        String second = name();
        network.node("Split", value, first + " " + second, integer("axis", axis));
        apply("Concat", second + " " + first, integer("axis", axis));
    }

    private void repeat(int axis) {
        if (count() > MOST_VALUES / 2) {
            return;
        }
        long[] times = IntStream.range(0, shape.length)
                .mapToLong(each -> each == axis ? 2 : 1)
                .toArray();
        shape[axis] *= 2;
        apply("Tile", value + " " + longs(times));
    }

    /** What takes the first axis for the batch and the second for channels. */
    private void channels() {
        if (shape.length < 3) {
            return;
        }
        long[] window = LongStream.generate(() -> 1).limit(shape.length - 2).toArray();
        window[window.length - 1] = 3;
        long[] pads = new long[2 * window.length];
        pads[window.length - 1] = 1;
        pads[2 * window.length - 1] = 1;
        switch (random.nextInt(3)) {
            case 0 -> {
                String filters = name();
                network.weights(
                        filters,
                        LongStream.concat(LongStream.of(shape[1], 1), LongStream.of(window))
                                .toArray());
                apply("Conv", value + " " + filters, integer("group", shape[1]), integers("pads", pads));
            }
            case 1 -> apply("MaxPool", integers("kernel_shape", window), integers("pads", pads));
            default -> {
                String scales = name();
                String shifts = name();
                network.weights(scales, shape[1]).weights(shifts, shape[1]);
                apply("InstanceNormalization", value + " " + scales + " " + shifts);
            }
        }
    }

    /** Puts a constant behind, or what is largest along another axis. */
    private void join(int axis) {
        if (count() > MOST_VALUES / 2) {
            return;
        }
        String constant = name();
        network.weights(
                constant,
                random.nextBoolean()
                        ? shape
                        : LongStream.of(shape).map(size -> 1).toArray());
        String before = value;
        if (isNew || random.nextBoolean()) {
            apply("Expand", constant + " " + longs(shape));
        } else {
            apply("ReduceMax", integers("axes", random.nextInt(shape.length)));
            apply("Add", before + " " + value);
        }
        apply("Concat", before + " " + value, integer("axis", axis));
        shape[axis] *= 2;
    }

    private long count() {
        return LongStream.of(shape).reduce(1, (a, b) -> a * b);
    }

    /** Names of the operators, for messages. */
    static List<String> operators(OnnxModel model) {
        return model.nodes().stream().map(node -> node.getOpType()).toList();
    }
}
