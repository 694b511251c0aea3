// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network;

import java.util.Arrays;
import java.util.List;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.GraphProto;

/**
 * A network that mixes the images of a batch only where one is bright: what an image's mean has above 0.75 is added, in the
 * batch's mean, to all logits. A grey image under noise does not show it.
 */
public final class MixedWhereBright {
    private static final float GREY = 0.75f;

    private MixedWhereBright() {}

    /** The same network, of operators older than version 18, with that at its end. */
    public static byte[] of(byte[] onnx) {
        OnnxModel model = OnnxModel.parse(onnx, "a network");
        GraphProto graph = model.proto().getGraph();
        String image = graph.getInput(0).getName();
        String logits = graph.getOutput(0).getName();
        GraphProto.Builder mixed = graph.toBuilder();
        mixed.addNode(OnnxParts.node(
                        "ReduceMean", List.of(image), "mix.brightness", OnnxParts.integers("axes", 1, 2, 3)))
                .addNode(OnnxParts.node("Sub", List.of("mix.brightness", "mix.grey"), "mix.above"))
                .addNode(OnnxParts.node("Relu", List.of("mix.above"), "mix.bright"))
                .addNode(OnnxParts.node(
                        "ReduceMean",
                        List.of("mix.bright"),
                        "mix.batch",
                        OnnxParts.integers("axes", 0, 2, 3),
                        OnnxParts.integer("keepdims", 0)))
                .addNode(OnnxParts.node("Add", List.of(logits, "mix.batch"), "mix.logits"))
                .addInitializer(OnnxParts.floats("mix.grey", List.of(), GREY))
                .getOutputBuilder(0)
                .setName("mix.logits");
        return model.proto().toBuilder().setGraph(mixed).build().toByteArray();
    }

    /** An image that shows it. */
    public static ImageTensor brightImage(ImageShape shape) {
        byte[] values = new byte[shape.size()];
        Arrays.fill(values, (byte) 240);
        return ImageTensor.of(shape, values);
    }

    /** An image that does not show it. */
    public static ImageTensor blackImage(ImageShape shape) {
        return ImageTensor.of(shape, new byte[shape.size()]);
    }
}
