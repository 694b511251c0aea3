// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.Optional;

/** Computes an operator's output from constants, to the very bits that ONNX Runtime computes. */
interface Fold {
    /**
     * The output; empty when this is not computed here.
     *
     * @param call of constants alone
     * @param shape of the output
     * @param output its number
     */
    Optional<Tensor> apply(Call call, Shape shape, int output);
}
