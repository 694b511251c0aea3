// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.architecture;

import java.util.List;
import org.catrs.schemas.image.ImageShape;

/**
 * A network that takes images and gives logits, as the list of its layers.
 *
 * @param input shape of one image
 * @param classes number of logits
 * @param normalization its first layer
 * @param layers those after it
 */
public record NetworkSpecification(ImageShape input, int classes, Normalization normalization, List<Layer> layers) {
    /**
     * Copies the list.
     *
     * @throws org.catrs.schemas.InvalidDataException when the normalization is for another number of channels
     */
    public NetworkSpecification {
        normalization.requireChannels(input.channels());
        layers = List.copyOf(layers);
    }

    /**
     * The ONNX graph of this network in use, with the given parameters: {@code image} float32 [batch, C, H, W] in [0, 1]
     * to {@code logits} float32 [batch, classes].
     */
    public NetworkGraph toOnnx(Parameters parameters) {
        NetworkGraph graph = new NetworkGraph(input, classes);
        normalization.addTo(graph);
        ParameterReader reader = new ParameterReader(normalization.foldedInto(parameters));
        layers.forEach(layer -> layer.addTo(graph, reader));
        return graph;
    }
}
