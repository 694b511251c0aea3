// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.TensorShapeProto;
import org.catrs.schemas.onnx.proto.TypeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;
import org.jspecify.annotations.Nullable;

/**
 * A file that {@link Quantizer} wrote, split where its images are codes: what comes before is a table, what comes after
 * is run. So codes can be written into the network's input directly, and nothing is computed in floats but the logits.
 *
 * @param front the network up to the codes: its input is float32, batch x channels x height x width, its output the input
 *     of the other part
 * @param onnx the network from the codes on; its input is uint8, batch x height x width x channels in
 *     blocks
 * @param codes how images become codes, as the front's constants say
 * @param strangeNode name of a node of the front that the quantiser does not write; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier to the engine, never compared
public record CodeInputNetwork(
        byte[] front,
        byte[] onnx,
        ImageCodes codes,
        @Nullable String strangeNode) {
    static final String PRECISION_KEY = "precision";
    static final String PRECISION = "int8";

    /**
     * Reads a file; empty when it is not marked as a quantised network of this kind.
     *
     * @param source names the file in messages
     * @throws InvalidDataException when it is marked so, but is none
     */
    public static Optional<CodeInputNetwork> of(OnnxModel model, String source) {
        GraphProto graph = model.proto().getGraph();
        boolean marked = model.proto().getMetadataPropsList().stream()
                .anyMatch(entry ->
                        entry.getKey().equals(PRECISION_KEY) && entry.getValue().equals(PRECISION));
        Optional<ValueInfoProto> cells = graph.getValueInfoList().stream()
                .filter(value -> value.getName().equals(InputFront.CELLS))
                .findFirst();
        return marked ? cells.map(value -> split(model, value, source)) : Optional.empty();
    }

    private static CodeInputNetwork split(OnnxModel model, ValueInfoProto cells, String source) {
        GraphProto graph = model.proto().getGraph();
        ImageShape image = image(graph, source);
        ImageCodes codes = ImageCodes.of(graph, image, block(image, cells, source));
        int end = 0;
        while (end < graph.getNodeCount() && !graph.getNode(end).getOutputList().contains(InputFront.CELLS)) {
            end++;
        }
        List<NodeProto> nodes = graph.getNodeList();
        List<NodeProto> front = nodes.subList(0, Math.min(nodes.size(), end + 1));
        GraphProto.Builder first =
                withNodes(graph, front).clearOutput().addOutput(cells).clearValueInfo();
        GraphProto.Builder rest = withNodes(graph, nodes.subList(front.size(), nodes.size()))
                .clearInput()
                .addInput(cells)
                .clearValueInfo();
        return new CodeInputNetwork(
                file(model, first),
                file(model, rest),
                codes,
                strange(front, graph.getInput(0).getName(), codes));
    }

    private static GraphProto.Builder withNodes(GraphProto graph, List<NodeProto> nodes) {
        Set<String> used = new HashSet<>();
        nodes.forEach(node -> used.addAll(node.getInputList()));
        GraphProto.Builder part =
                graph.toBuilder().clearNode().addAllNode(nodes).clearInitializer();
        graph.getInitializerList().stream()
                .filter(constant -> used.contains(constant.getName()))
                .forEach(part::addInitializer);
        return part;
    }

    private static byte[] file(OnnxModel model, GraphProto.Builder graph) {
        return model.proto().toBuilder().setGraph(graph).build().toByteArray();
    }

    /** A network that treats pixels at one place otherwise could pass where all values of a pixel are tried. */
    private static @Nullable String strange(List<NodeProto> front, String input, ImageCodes codes) {
        GraphBuilder expected = new GraphBuilder("front");
        InputFront.write(input, codes, expected);
        List<NodeProto> written = expected.model(Map.of()).proto().getGraph().getNodeList();
        for (int i = 0; i < front.size(); i++) {
            if (i >= written.size() || !computesAs(front.get(i), written.get(i))) {
                return front.get(i).getOpType() + " of " + front.get(i).getOutputList();
            }
        }
        return null;
    }

    private static boolean computesAs(NodeProto one, NodeProto other) {
        return one.getOpType().equals(other.getOpType())
                && one.getDomain().equals(other.getDomain())
                && one.getInputList().equals(other.getInputList())
                && one.getOutputList().equals(other.getOutputList())
                && one.getAttributeList().equals(other.getAttributeList());
    }

    private static ImageShape image(GraphProto graph, String source) {
        TensorShapeProto shape = graph.getInputCount() == 0
                ? TensorShapeProto.getDefaultInstance()
                : graph.getInput(0).getType().getTensorType().getShape();
        if (shape.getDimCount() != 4
                || shape.getDimList().stream().skip(1).anyMatch(size -> !isSize(size.getDimValue()))) {
            throw none(source, "does not take images of a fixed size");
        }
        return new ImageShape(size(shape, 1), size(shape, 2), size(shape, 3));
    }

    private static int block(ImageShape image, ValueInfoProto cells, String source) {
        TypeProto.Tensor type = cells.getType().getTensorType();
        for (int block : new int[] {1, SpaceToDepth.BLOCK}) {
            List<Long> sizes = List.of(
                    (long) image.height() / block,
                    (long) image.width() / block,
                    (long) image.channels() * block * block);
            boolean isWhole = image.height() % block == 0 && image.width() % block == 0;
            if (type.getElemType() == DataType.UINT8_VALUE
                    && isWhole
                    && sizes.equals(type.getShape().getDimList().stream()
                            .skip(1)
                            .map(TensorShapeProto.Dimension::getDimValue)
                            .toList())) {
                return block;
            }
        }
        throw none(source, "does not make uint8 codes of an image of " + image);
    }

    private static InvalidDataException none(String source, String reason) {
        return new InvalidDataException(source + " says that it is an int8 network of catrs, but " + reason
                + ": make it again with deploy/catrs quantize");
    }

    private static boolean isSize(long size) {
        return size >= 1 && size <= Integer.MAX_VALUE;
    }

    private static int size(TensorShapeProto shape, int axis) {
        return Math.toIntExact(shape.getDim(axis).getDimValue());
    }
}
