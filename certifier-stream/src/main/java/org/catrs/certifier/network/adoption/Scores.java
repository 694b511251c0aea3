// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.TypeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;
import org.jspecify.annotations.Nullable;

/**
 * The value of a network that holds an image's scores, of which the largest is its label's.
 *
 * @param model the network with this value as its one output, and nothing that it does not need
 * @param name of the value
 * @param classNames names of the classes that stand in the network behind the scores; empty where none do
 */
record Scores(OnnxModel model, String name, List<String> classNames) {
    private static final Set<Integer> OF_FLOATS =
            Set.of(DataType.FLOAT_VALUE, DataType.FLOAT16_VALUE, DataType.DOUBLE_VALUE);

    /**
     * Chooses the value.
     *
     * @param output its name; null for the one output that can be it
     * @param steps receives what was left out
     * @throws InvalidDataException when there is none, or more than one
     */
    static Scores of(OnnxModel model, @Nullable String output, List<String> steps, String source) {
        GraphProto graph = model.proto().getGraph();
        ValueInfoProto chosen = output != null ? named(graph, output, source) : only(graph, source);
        Optional<NodeProto> map = new GraphSearch(model)
                .maker(chosen.getName())
                .filter(node -> node.getOpType().equals("ZipMap"));
        String name = map.map(node -> node.getInput(0)).orElse(chosen.getName());
        map.ifPresent(node -> steps.add("the scores are '" + name + "', before the map of ZipMap '"
                + GraphSearch.name(node) + "', which is left out"));
        List<String> others = graph.getOutputList().stream()
                .map(ValueInfoProto::getName)
                .filter(each -> !each.equals(chosen.getName()))
                .toList();
        if (!others.isEmpty()) {
            steps.add("of the outputs, '" + chosen.getName() + "' has the scores; left out: " + others);
        }
        return new Scores(
                GraphSearch.only(model, name), name, map.map(Scores::classNames).orElse(List.of()));
    }

    private static ValueInfoProto named(GraphProto graph, String output, String source) {
        return Stream.concat(
                        graph.getOutputList().stream(),
                        graph.getNodeList().stream()
                                .flatMap(node -> node.getOutputList().stream())
                                .map(name -> ValueInfoProto.newBuilder()
                                        .setName(name)
                                        .build()))
                .filter(value -> value.getName().equals(output))
                .findFirst()
                .orElseThrow(() -> new InvalidDataException(source + " has no output or inner value '" + output
                        + "'; its outputs are " + names(graph.getOutputList())));
    }

    private static ValueInfoProto only(GraphProto graph, String source) {
        if (graph.getOutputCount() == 1) {
            return graph.getOutput(0);
        }
        List<ValueInfoProto> candidates =
                graph.getOutputList().stream().filter(Scores::canBeScores).toList();
        if (candidates.size() != 1) {
            throw new InvalidDataException(source + " has the outputs " + names(graph.getOutputList())
                    + ": say which of them has an image's scores, one for each class, with --output NAME");
        }
        return candidates.get(0);
    }

    /** Floats, or the map of scikit-learn. */
    private static boolean canBeScores(ValueInfoProto output) {
        TypeProto type = output.getType();
        return type.hasTensorType()
                ? OF_FLOATS.contains(type.getTensorType().getElemType())
                : type.hasSequenceType() && type.getSequenceType().getElemType().hasMapType();
    }

    private static List<String> names(List<ValueInfoProto> values) {
        return values.stream().map(ValueInfoProto::getName).toList();
    }

    private static List<String> classNames(NodeProto map) {
        List<String> names = new ArrayList<>();
        for (AttributeProto attribute : map.getAttributeList()) {
            attribute.getStringsList().forEach(name -> names.add(name.toStringUtf8()));
            attribute.getIntsList().forEach(name -> names.add(name.toString()));
        }
        return names;
    }
}
