// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network;

import java.util.ArrayList;
import java.util.List;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;

/**
 * A network behind two nodes that turn its batch around, one after the other: the same function of each image, which the
 * analysis of the graph does not see.
 */
public final class TurnedTwice {
    private static final List<String> BOUNDS = List.of("turn.from", "turn.to", "turn.axis", "turn.step");

    private TurnedTwice() {}

    /** The same network with the two nodes before it. */
    public static byte[] of(byte[] onnx) {
        OnnxModel model = OnnxModel.parse(onnx, "a network");
        GraphProto graph = model.proto().getGraph();
        String image = graph.getInput(0).getName();
        GraphProto.Builder turned = graph.toBuilder().clearNode();
        turned.addNode(turn(image, "turned.once")).addNode(turn("turned.once", "turned.twice"));
        for (NodeProto node : graph.getNodeList()) {
            List<String> inputs = new ArrayList<>(node.getInputList());
            inputs.replaceAll(name -> name.equals(image) ? "turned.twice" : name);
            turned.addNode(node.toBuilder().clearInput().addAllInput(inputs));
        }
        turned.addInitializer(OnnxParts.longs(BOUNDS.get(0), -1))
                .addInitializer(OnnxParts.longs(BOUNDS.get(1), Long.MIN_VALUE))
                .addInitializer(OnnxParts.longs(BOUNDS.get(2), 0))
                .addInitializer(OnnxParts.longs(BOUNDS.get(3), -1));
        return model.proto().toBuilder().setGraph(turned).build().toByteArray();
    }

    private static NodeProto turn(String input, String output) {
        List<String> inputs = new ArrayList<>(List.of(input));
        inputs.addAll(BOUNDS);
        return OnnxParts.node("Slice", inputs, output);
    }
}
