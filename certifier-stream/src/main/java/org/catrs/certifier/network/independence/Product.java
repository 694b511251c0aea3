// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Products of matrices, which sum along one axis of each. */
final class Product {
    private Product() {}

    static Value matMul(Call call) {
        return matMul(call.value(0), call.value(1), call.batch());
    }

    static Value fused(Call call) {
        for (String transposed : List.of("transA", "transB", "transBatchA", "transBatchB")) {
            if (call.attributes().isSet(transposed, false)) {
                throw Unproved.mixes("multiplies transposed matrices, which is not looked into");
            }
        }
        return matMul(call);
    }

    /** Until version 3 of the quantised products, one scale for all rows of the first and of the result. */
    static Value integers(Call call) {
        call.requireConstantsFrom(2);
        call.requireScalars(2);
        requireScalarUnlessMatrix(call, 1, 3);
        return matMul(call);
    }

    static Value quantized(Call call) {
        call.requireScalars(1, 2, 6, 7);
        requireScalarUnlessMatrix(call, 3, 4);
        requireScalarUnlessMatrix(call, 3, 5);
        return matMul(call.value(0), call.value(3), call.batch());
    }

    /** Scales for each column are those of a weight matrix, or there is one. */
    private static void requireScalarUnlessMatrix(Call call, int factor, int scale) {
        if (!(call.value(factor) instanceof Value.Constant)
                || !call.has(scale)
                || call.shape(scale).rank() > 1) {
            call.requireScalars(scale);
        }
    }

    static Value gemm(Call call) {
        return gemm(call, call.value(0), call.value(1), 2);
    }

    static Value quantizedGemm(Call call) {
        call.requireScalars(1, 2, 7, 8);
        for (int parameter : new int[] {3, 4, 5, 6}) {
            call.constantIfAny(parameter);
        }
        return gemm(call, call.value(0), call.value(3), 6);
    }

    private static Value gemm(Call call, Value left, Value right, int bias) {
        Value product = matMul(
                turned(left, call.attributes().isSet("transA", false), call.batch()),
                turned(right, call.attributes().isSet("transB", false), call.batch()),
                call.batch());
        return call.has(bias) ? Elementwise.apply(List.of(product, call.value(bias)), call.batch()) : product;
    }

    private static Value turned(Value value, boolean isTransposed, int batch) {
        if (!isTransposed) {
            return value;
        }
        Shape shape = Call.shape(value);
        if (shape.rank() != 2) {
            throw Unproved.mixes("takes a value of shape " + shape + " for a matrix");
        }
        int[] order = {1, 0};
        return value instanceof Value.PerImage image
                ? Selection.transposed(image, order, batch)
                : new Value.Constant(Tensor.notComputed(shape.permuted(order)));
    }

    private static Value matMul(Value left, Value right, int batch) {
        Shape x = Call.shape(left);
        Shape y = Call.shape(right);
        if (y.rank() == 1 && right instanceof Value.Constant) {
            Value.PerImage product = columns(left, x, right, Shape.of(y.size(0), 1), batch);
            return new Value.PerImage(product.shape().head(product.shape().rank() - 1), product.width());
        }
        return columns(left, x, right, y, batch);
    }

    private static Value.PerImage columns(Value left, Shape x, Value right, Shape y, int batch) {
        if (x.rank() < 2 || y.rank() < 2 || x.size(x.rank() - 1) != y.size(y.rank() - 2)) {
            throw Unproved.mixes("multiplies values of shapes " + x + " and " + y);
        }
        Shape stacked = Shape.broadcast(List.of(x.head(x.rank() - 2), y.head(y.rank() - 2)));
        Shape shape = stacked.then(Shape.of(x.size(x.rank() - 2), y.size(y.rank() - 1)));
        Set<Place> places = new HashSet<>();
        int images = 0;
        if (left instanceof Value.PerImage image) {
            places.add(Place.of(image, batch).requireNotOn(x.rank() - 1, "sums").shifted(shape.rank() - x.rank()));
            images++;
        }
        if (right instanceof Value.PerImage image) {
            places.add(Place.of(image, batch).requireNotOn(y.rank() - 2, "sums").shifted(shape.rank() - y.rank()));
            images++;
        }
        if (places.size() != 1) {
            throw Unproved.mixes("multiplies different images of the batch");
        }
        Place place = places.iterator().next();
        boolean isStacked = !place.isFrom(stacked.rank());
        if (images == 2 && !isStacked) {
            throw Unproved.mixes("multiplies different images of the batch");
        }
        if (isStacked) {
            for (Value factor : List.of(left, right)) {
                if (factor instanceof Value.Constant constant) {
                    Elementwise.requireSame(constant.tensor().shaped(factor == left ? x : y), shape, place);
                }
            }
        }
        return place.value(shape);
    }

    static Value einsum(Call call) {
        String equation = call.attributes().text("equation", "").replace(" ", "");
        int arrow = equation.indexOf("->");
        if (arrow < 0 || equation.contains(".")) {
            throw Unproved.mixes("has an equation with '...' or without '->', which is not looked into");
        }
        List<String> terms = List.of(equation.substring(0, arrow).split(",", -1));
        String result = equation.substring(arrow + 2);
        Map<Character, Long> sizes = new HashMap<>();
        Set<Place> places = new HashSet<>();
        Set<Character> letters = new HashSet<>();
        for (int input = 0; input < terms.size(); input++) {
            String term = terms.get(input);
            Shape shape = call.shape(input);
            if (term.length() != shape.rank() || term.chars().distinct().count() != term.length()) {
                throw Unproved.mixes("has an equation with a diagonal, which is not looked into");
            }
            for (int axis = 0; axis < term.length(); axis++) {
                sizes.merge(term.charAt(axis), shape.size(axis), Math::max);
            }
            if (call.batch() > 1 && call.value(input) instanceof Value.PerImage) {
                letters.add(term.charAt(call.place(input).axis()));
                places.add(call.place(input).on(0));
            }
        }
        List<Long> shape = new ArrayList<>();
        for (int axis = 0; axis < result.length(); axis++) {
            shape.add(sizes.getOrDefault(result.charAt(axis), 1L));
        }
        if (call.batch() == 1) {
            return Place.of(call.image(0), 1).value(Shape.of(shape));
        }
        if (letters.size() != 1 || places.size() != 1) {
            throw Unproved.mixes("brings different images of the batch together");
        }
        char batchLetter = letters.iterator().next();
        Place place = places.iterator().next();
        if (result.indexOf(batchLetter) < 0) {
            throw Unproved.mixes("sums along the batch");
        }
        for (int input = 0; input < terms.size(); input++) {
            int axis = terms.get(input).indexOf(batchLetter);
            if (axis >= 0 && call.value(input) instanceof Value.Constant constant) {
                place.on(axis).requireSame(constant.tensor());
            }
        }
        return place.on(result.indexOf(batchLetter)).value(Shape.of(shape));
    }
}
