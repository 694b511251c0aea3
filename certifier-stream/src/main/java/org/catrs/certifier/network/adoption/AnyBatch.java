// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.catrs.certifier.network.independence.Cause;
import org.catrs.certifier.network.independence.Independence;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/** Lets a network take batches of any size, where its graph shows that it then treats each image by itself. */
final class AnyBatch {
    /** Sizes for which it is shown. */
    private static final List<Integer> SHOWN = List.of(2, 3);

    private AnyBatch() {}

    /**
     * A network that takes any batch; or, where that cannot be shown, one that is bound to the size that it came with.
     *
     * @param model whose input leaves the batch open
     * @param fixed the size that the network came with; -1 for none
     * @param steps receives what was done
     */
    static OnnxModel of(OnnxModel model, long fixed, List<String> steps) {
        Optional<Cause> asItIs = refusal(model);
        if (asItIs.isEmpty()) {
            if (fixed > 0) {
                steps.add("batches may have any size, instead of " + fixed);
            }
            return model;
        }
        long size = Math.max(1, fixed);
        OnnxModel freed = freed(model, size, steps);
        if (refusal(freed).isEmpty()) {
            return freed;
        }
        steps.add("it is bound to batches of " + size + (size == 1 ? " image" : " images")
                + ", which is slow where they are small: " + asItIs.get()
                + (fixed > 0 ? "; exported with a batch of any size (dynamic_axes), it may not be" : ""));
        return bound(model, size);
    }

    private static Optional<Cause> refusal(OnnxModel model) {
        for (int batch : SHOWN) {
            if (Independence.of(model, batch) instanceof Independence.Refused refused) {
                return Optional.of(refused.cause());
            }
        }
        return Optional.empty();
    }

    /** With shapes that begin with the size of the batch left open there: for that size, they are the same shapes. */
    private static OnnxModel freed(OnnxModel model, long size, List<String> steps) {
        GraphProto graph = model.proto().getGraph();
        GraphSearch search = new GraphSearch(model);
        GraphProto.Builder freed = graph.toBuilder().clearNode();
        for (NodeProto node : graph.getNodeList()) {
            Optional<long[]> shape =
                    node.getOpType().equals("Reshape") ? search.longs(node.getInput(1)) : Optional.empty();
            if (shape.isEmpty() || shape.get().length == 0 || shape.get()[0] != size) {
                freed.addNode(node);
                continue;
            }
            long[] open = shape.get();
            open[0] = Arrays.stream(open).anyMatch(each -> each == -1) ? 0 : -1;
            String name = "adopted/" + node.getOutput(0) + "/shape";
            freed.addInitializer(OnnxParts.longs(name, open));
            freed.addNode(node.toBuilder().setInput(1, name));
            steps.add("the shape of '" + GraphSearch.name(node) + "' (Reshape) leaves the batch open, instead of "
                    + size);
        }
        return new OnnxModel(model.proto().toBuilder().setGraph(freed).build());
    }

    private static OnnxModel bound(OnnxModel model, long size) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        graph.setInput(0, bound(graph.getInput(0), size));
        graph.setOutput(0, bound(graph.getOutput(0), size));
        return new OnnxModel(model.proto().toBuilder().setGraph(graph).build());
    }

    private static ValueInfoProto bound(ValueInfoProto value, long size) {
        ValueInfoProto.Builder bound = value.toBuilder();
        bound.getTypeBuilder()
                .getTensorTypeBuilder()
                .getShapeBuilder()
                .getDimBuilder(0)
                .setDimValue(size);
        return bound.build();
    }
}
