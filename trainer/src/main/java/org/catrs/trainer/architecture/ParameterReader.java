// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.Arrays;
import java.util.Iterator;
import org.catrs.trainer.onnx.OnnxTensor;

/** Hands the parameters of a network out, one tensor after the other, in the order of its layers. */
final class ParameterReader {
    private final Iterator<ParameterTensor> tensors;
    private final float[] values;
    private int position;

    ParameterReader(Parameters parameters) {
        this.tensors = parameters.tensors().iterator();
        this.values = parameters.values();
    }

    /**
     * The next parameter tensor.
     *
     * @throws java.util.NoSuchElementException when all have been handed out
     */
    OnnxTensor next() {
        ParameterTensor tensor = tensors.next();
        int start = position;
        position += tensor.size();
        return new OnnxTensor(tensor.name(), tensor.shape(), Arrays.copyOfRange(values, start, position));
    }
}
