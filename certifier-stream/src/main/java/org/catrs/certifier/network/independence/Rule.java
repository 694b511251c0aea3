// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What an operator's outputs are, when its inputs are known. */
interface Rule {
    /**
     * The outputs, the first ones at least.
     *
     * @param call without {@link Value.Unknown} among its inputs
     * @throws Unproved when an output cannot be shown to treat each image by itself
     */
    List<Value> apply(Call call);

    /** The outputs where all inputs are constants. */
    default List<Value> ofConstants(Call call) {
        return Folding.apply(call, this);
    }

    /** A rule for the first output alone. */
    static Rule of(Function<Call, Value> first) {
        return call -> List.of(first.apply(call));
    }

    /** A rule for operators of which nothing can be shown. */
    static Rule refusing(Supplier<Unproved> cause) {
        return call -> {
            throw cause.get();
        };
    }

    /** A rule for operators that are looked into for constants alone, of which they give one of the first one's shape. */
    static Rule ofConstantsAlone(Supplier<Unproved> otherwise) {
        return new Rule() {
            @Override
            public List<Value> apply(Call call) {
                throw otherwise.get();
            }

            @Override
            public List<Value> ofConstants(Call call) {
                return List.of(new Value.Constant(Tensor.notComputed(call.shape(0))));
            }
        };
    }

    /** A rule whose output is a constant whatever its inputs are. */
    static Rule making(Function<Call, Tensor> constant) {
        return new Rule() {
            @Override
            public List<Value> apply(Call call) {
                return List.of(new Value.Constant(constant.apply(call)));
            }

            @Override
            public List<Value> ofConstants(Call call) {
                return apply(call);
            }
        };
    }
}
