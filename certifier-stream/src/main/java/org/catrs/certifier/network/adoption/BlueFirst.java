// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.List;
import java.util.Optional;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;

/**
 * Makes a network that takes blue, green, red take red, green, blue by turning the filters of its first convolution round:
 * the same sums without a node more, so that it can be quantised.
 */
final class BlueFirst {
    private BlueFirst() {}

    /**
     * The network for images that begin with red; empty where its input does not go into a convolution alone.
     *
     * @param input name of its input, [batch, C, H, W]
     */
    static Optional<OnnxModel> turnedRound(OnnxModel model, String input) {
        GraphSearch search = new GraphSearch(model);
        List<NodeProto> users = search.users(input);
        if (users.size() != 1
                || !users.get(0).getOpType().equals("Conv")
                || !users.get(0).getInput(0).equals(input)
                || GraphSearch.integer(users.get(0), "group", 1) != 1) {
            return Optional.empty();
        }
        NodeProto convolution = users.get(0);
        String weights = convolution.getInput(1);
        return search.floats(weights)
                .map(values -> turnedRound(
                        model,
                        convolution,
                        search.constant(weights).orElseThrow().getDimsList(),
                        values));
    }

    private static OnnxModel turnedRound(OnnxModel model, NodeProto convolution, List<Long> shape, float[] values) {
        int channels = Math.toIntExact(shape.get(1));
        int kernel = Math.toIntExact(shape.get(2) * shape.get(3));
        float[] turned = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int channel = i / kernel % channels;
            turned[i + (channels - 1 - 2 * channel) * kernel] = values[i];
        }
        String name = "adopted/" + convolution.getOutput(0) + "/weights";
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        graph.addInitializer(OnnxParts.floats(name, shape, turned));
        graph.setNode(
                model.proto().getGraph().getNodeList().indexOf(convolution),
                convolution.toBuilder().setInput(1, name));
        OnnxModel changed =
                new OnnxModel(model.proto().toBuilder().setGraph(graph).build());
        return GraphSearch.only(changed, graph.getOutput(0).getName());
    }
}
