// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorShapeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/**
 * Whether a network is one fixed function of each image of a batch: row i of its output depends on image i alone, by the
 * same function for each i, in each run. It is shown from the graph, or it is not shown; a network that is not may be such
 * a function all the same.
 */
public sealed interface Independence {
    /** Number of images in a batch, at least 1. */
    int batch();

    /**
     * Follows a batch through a network's graph.
     *
     * @param model with one input, whose first axis is the batch, all values in its file
     * @param batch number of images, at least 1
     */
    static Independence of(OnnxModel model, int batch) {
        GraphProto graph = model.proto().getGraph();
        try {
            Analysis analysis = new Analysis(model.proto(), batch);
            Scope scope = Scope.ofNetwork(model.proto().getOpsetImportList());
            ValueInfoProto input = input(graph);
            Shape images = images(input, batch);
            scope.define(input.getName(), new Value.PerImage(images, images.after(0)));
            for (Value output : analysis.run(graph, scope)) {
                if (output instanceof Value.Unknown unknown) {
                    return new Refused(batch, unknown.cause());
                }
                requireRows(output, batch);
            }
            return new Proved(batch);
        } catch (Unproved cause) {
            return new Refused(batch, Cause.ofNetwork(cause.reason()));
        }
    }

    private static ValueInfoProto input(GraphProto graph) {
        Set<String> constants =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        List<ValueInfoProto> inputs = graph.getInputList().stream()
                .filter(input -> !constants.contains(input.getName()))
                .toList();
        if (inputs.size() != 1) {
            throw Unproved.chance("has " + inputs.size() + " inputs instead of one");
        }
        return inputs.get(0);
    }

    private static Shape images(ValueInfoProto input, int batch) {
        List<TensorShapeProto.Dimension> sizes =
                input.getType().getTensorType().getShape().getDimList();
        boolean isOpen = sizes.stream().skip(1).anyMatch(size -> size.getDimValue() < 1);
        if (sizes.isEmpty() || isOpen) {
            throw Unproved.chance("has the input '" + input.getName() + "', whose image size is open");
        }
        long fixed = sizes.get(0).getDimValue();
        if (fixed > 0 && fixed != batch) {
            throw Unproved.chance("takes batches of " + fixed + " images alone");
        }
        return Shape.of(sizes.stream()
                        .mapToLong(TensorShapeProto.Dimension::getDimValue)
                        .toArray())
                .with(0, batch);
    }

    private static void requireRows(Value output, int batch) {
        if (batch == 1) {
            return;
        }
        Shape shape = Call.shape(output);
        if (shape.rank() == 0 || shape.size(0) != batch) {
            throw Unproved.mixes("gives an output of shape " + shape + ", not a row for each image");
        }
        if (output instanceof Value.PerImage image && image.width() != shape.after(0)) {
            throw Unproved.mixes("gives an output of shape " + shape + " whose rows are not its images");
        }
        if (output instanceof Value.Constant constant) {
            constant.tensor().requireSame(shape.after(0), batch);
        }
    }

    /** @throws InvalidDataException when it is not shown, with the ways out; {@code source} names the network */
    void require(String source);

    /** It is shown. */
    record Proved(int batch) implements Independence {
        @Override
        public void require(String source) {
            // Nothing is missing.
        }
    }

    /**
     * It is not shown.
     *
     * @param cause the first place where it could not be followed
     */
    record Refused(int batch, Cause cause) implements Independence {
        @Override
        public void require(String source) {
            throw new InvalidDataException(finding(source) + waysOut());
        }

        /** What is not shown, and by which node; {@code source} names the network. */
        public String finding(String source) {
            String promise = batch == 1
                    ? "be a fixed function of an image"
                    : "treat each of the " + batch + " images of a batch by itself, whatever the other images are";
            return source + " is not shown to " + promise + ": " + cause;
        }

        private String waysOut() {
            return batch == 1
                    ? ". Export it again for inference, with ONNX's own operators, none of them random"
                    : ". Export the network again without that; or certify one image at a time with --batch 1, which is"
                            + " slow and takes an open batch size; or, for experiments, with --independence tried, which"
                            + " each certificate then says";
        }
    }
}
