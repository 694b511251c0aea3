// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.List;
import java.util.stream.IntStream;

/** Operators between numbers and their codes, with scales that the file fixes. */
final class Quantization {
    private Quantization() {}

    static Value linear(Call call) {
        call.requireConstantsFrom(1);
        Shape shape = call.shape(0);
        if (call.constant(1).shape().count() > 1) {
            if (call.attributes().integer("block_size", 0) != 0) {
                throw Unproved.mixes("has scales for blocks, which is not looked into");
            }
            call.place(0).requireNotOn(shape.axis(call.attributes().integer("axis", 1)), "scales");
        }
        return call.image(0);
    }

    /** One number after another, by scales that are one number each. */
    static Value each(Call call) {
        call.requireConstantsFrom(1);
        call.requireScalars(IntStream.range(1, call.inputs().size()).toArray());
        return call.image(0);
    }

    /** Of two values, each with its scale and zero. */
    static Value pair(Call call) {
        call.requireScalars(1, 2, 4, 5, 6, 7);
        return Elementwise.apply(List.of(call.value(0), call.value(3)), call.batch());
    }

    static Value pool(Call call) {
        call.requireScalars(1, 2, 3, 4);
        return Windows.pool(call);
    }

    static Value globalPool(Call call) {
        call.requireScalars(1, 2, 3, 4);
        return Windows.globalPool(call);
    }

    /** Of values at inputs 2, 5, 8 and so on, each with scale and zero behind it. */
    static Value concat(Call call) {
        IntStream others = IntStream.range(0, call.inputs().size()).filter(input -> input < 2 || input % 3 != 2);
        call.requireScalars(others.toArray());
        List<Value> parts = IntStream.range(2, call.inputs().size())
                .filter(input -> input % 3 == 2)
                .mapToObj(call::value)
                .toList();
        return Selection.concat(parts, call.attributes().integer("axis", 0), call.batch());
    }
}
