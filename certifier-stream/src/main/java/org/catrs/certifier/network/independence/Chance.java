// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.List;
import java.util.Optional;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/** An operator that gives other values in each run, or may. */
final class Chance {
    private Chance() {}

    /** Passes on what it is given, unless it is told to train. */
    static List<Value> dropout(Call call) {
        if (!infers(call)) {
            throw Unproved.chance("drops values at random, as in training");
        }
        Value.PerImage image = call.image(0);
        return List.of(image, new Value.Constant(Tensor.notComputed(image.shape())));
    }

    private static boolean infers(Call call) {
        try {
            return !call.has(2) || isFalse(call.value(2)) || isNone(call);
        } catch (Unproved | ArithmeticException | IndexOutOfBoundsException notReadable) {
            return false;
        }
    }

    /** Whether it is told to drop none of them. */
    private static boolean isNone(Call call) {
        if (call.has(1)
                && call.value(1) instanceof Value.Constant constant
                && constant.tensor().type() == DataType.FLOAT) {
            float[] ratios = constant.tensor().floats();
            return ratios.length == 1 && ratios[0] == 0;
        }
        return false;
    }

    private static boolean isFalse(Value training) {
        return training instanceof Value.Constant constant
                && constant.tensor().isTrue().equals(Optional.of(false));
    }
}
