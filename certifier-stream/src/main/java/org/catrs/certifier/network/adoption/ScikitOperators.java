// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;

/** Writes the operators of ai.onnx.ml, in which scikit-learn's linear models come, as ONNX's own. */
final class ScikitOperators {
    private static final String DOMAIN = "ai.onnx.ml";

    private final List<NodeProto> nodes = new ArrayList<>();
    private final List<TensorProto> constants = new ArrayList<>();
    private final List<String> steps;
    private final String source;

    private ScikitOperators(List<String> steps, String source) {
        this.steps = steps;
        this.source = source;
    }

    /**
     * A network without operators of scikit-learn.
     *
     * @throws InvalidDataException when there is one for which there are no operators of ONNX's own
     */
    static OnnxModel written(OnnxModel model, List<String> steps, String source) {
        GraphProto graph = model.proto().getGraph();
        if (graph.getNodeList().stream().noneMatch(ScikitOperators::isOne)) {
            return model;
        }
        ScikitOperators written = new ScikitOperators(steps, source);
        graph.getNodeList().forEach(written::add);
        GraphProto.Builder plain = graph.toBuilder().clearNode().addAllNode(written.nodes);
        plain.addAllInitializer(written.constants);
        OnnxModel result =
                new OnnxModel(model.proto().toBuilder().setGraph(plain).build());
        return withOperators(result);
    }

    /** A file of scikit-learn's operators alone names no version of ONNX's. */
    private static OnnxModel withOperators(OnnxModel model) {
        return GraphSearch.version(model) > 0
                ? model
                : new OnnxModel(model.proto().toBuilder()
                        .addOpsetImport(
                                new GraphBuilder("").model(Map.of()).proto().getOpsetImport(0))
                        .build());
    }

    private static boolean isOne(NodeProto node) {
        return node.getDomain().equals(DOMAIN);
    }

    private void add(NodeProto node) {
        if (!isOne(node)) {
            nodes.add(node);
            return;
        }
        switch (node.getOpType()) {
            case "Scaler" -> addScaler(node);
            case "LinearClassifier" -> addLinear(node);
            case "Normalizer" -> addNormalizer(node);
            default ->
                throw new InvalidDataException(source + " has the node '" + GraphSearch.name(node)
                        + "' of the operator " + node.getOpType() + " of " + DOMAIN
                        + ", for which ONNX has no operators of its own: linear models and neural networks of"
                        + " scikit-learn can be adopted, trees and kernel methods cannot");
        }
        steps.add(node.getOpType() + " '" + GraphSearch.name(node) + "' of scikit-learn is written with ONNX's own"
                + " operators");
    }

    private void addScaler(NodeProto node) {
        String centred = node.getOutput(0) + "/centred";
        nodes.add(OnnxParts.node(
                "Sub", List.of(node.getInput(0), row(centred + "/offset", floats(node, "offset"))), centred));
        nodes.add(OnnxParts.node(
                "Mul", List.of(centred, row(centred + "/scale", floats(node, "scale"))), node.getOutput(0)));
    }

    private String row(String name, float[] values) {
        constants.add(OnnxParts.floats(name, List.of(1L, (long) values.length), values));
        return name;
    }

    /** Scores alone: a label's output was left out. */
    private void addLinear(NodeProto node) {
        String scores = node.getOutput(1);
        float[] coefficients = floats(node, "coefficients");
        float[] intercepts = floats(node, "intercepts");
        String after = text(node, "post_transform", "NONE");
        if (intercepts.length < 2 || !Set.of("NONE", "SOFTMAX", "LOGISTIC").contains(after)) {
            throw new InvalidDataException(source + " has the node '" + GraphSearch.name(node) + "' (LinearClassifier)"
                    + " of " + intercepts.length + " rows and the transformation " + after
                    + "; known are two rows or more, and NONE, SOFTMAX and LOGISTIC");
        }
        long features = coefficients.length / intercepts.length;
        constants.add(
                OnnxParts.floats(scores + "/coefficients", List.of((long) intercepts.length, features), coefficients));
        constants.add(OnnxParts.floats(scores + "/intercepts", List.of((long) intercepts.length), intercepts));
        String product = after.equals("NONE") ? scores : scores + "/product";
        nodes.add(OnnxParts.node(
                "Gemm",
                List.of(node.getInput(0), scores + "/coefficients", scores + "/intercepts"),
                product,
                OnnxParts.integer("transB", 1)));
        if (!after.equals("NONE")) {
            nodes.add(
                    after.equals("SOFTMAX")
                            ? OnnxParts.node("Softmax", List.of(product), scores, OnnxParts.integer("axis", 1))
                            : OnnxParts.node("Sigmoid", List.of(product), scores));
        }
    }

    private void addNormalizer(NodeProto node) {
        String norm = text(node, "norm", "MAX");
        if (!norm.equals("L1")) {
            throw new InvalidDataException(source + " has the node '" + GraphSearch.name(node) + "' (Normalizer) of "
                    + norm + "; known is L1");
        }
        nodes.add(OnnxParts.node(
                "LpNormalization",
                List.of(node.getInput(0)),
                node.getOutput(0),
                OnnxParts.integer("axis", 1),
                OnnxParts.integer("p", 1)));
    }

    private static float[] floats(NodeProto node, String name) {
        List<Float> list = GraphSearch.attribute(node, name)
                .map(AttributeProto::getFloatsList)
                .orElse(List.of());
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }

    private static String text(NodeProto node, String name, String standard) {
        return GraphSearch.attribute(node, name)
                .map(AttributeProto::getS)
                .map(ByteString::toStringUtf8)
                .orElse(standard);
    }
}
