// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import ai.djl.nn.Block;

/** One layer of a network. */
sealed interface Layer
        permits ChannelsLast,
                Flatten,
                GlobalAveragePooling,
                Linear,
                MaxPooling,
                NormalizedConvolution,
                PooledConvolution,
                Relu,
                Residual {
    /** A new trainable block that computes this layer. */
    Block toBlock();

    /**
     * Adds this layer to an ONNX graph, after what the graph computes so far.
     *
     * @param parameters hands out what {@link #toBlock()}'s parameters were trained to
     */
    void addTo(NetworkGraph graph, ParameterReader parameters);
}
