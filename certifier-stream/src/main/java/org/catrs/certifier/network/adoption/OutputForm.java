// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/**
 * How a network gives an image's scores.
 *
 * @param name of the value
 * @param type FLOAT, FLOAT16 or DOUBLE
 * @param sizes for one batch, the batch's first
 * @param threshold above which a single score means the second of two classes; 0 where there are several
 */
record OutputForm(String name, DataType type, List<Long> sizes, float threshold) {
    /** From this version of ONNX's operators on, a Softmax is over one axis. */
    private static final long SOFTMAX_OF_ONE_AXIS = 13;

    private static final float HALF = 0.5f;

    /**
     * Looks at what a network gave.
     *
     * @param model with the scores as its one output
     * @param given the value's type and sizes, as a run gave them
     * @param batch images in that run
     * @throws InvalidDataException when these are no scores of an image
     */
    static OutputForm of(
            OnnxModel model, DataType type, List<Long> given, long batch, AdoptionOptions options, String source) {
        String name = model.proto().getGraph().getOutput(0).getName();
        String found = source + " gives '" + name + "' of " + InputForm.text(given) + " (" + type + ") for a batch of "
                + batch + (batch == 1 ? " image" : " images");
        if (!Set.of(DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE).contains(type)) {
            throw new InvalidDataException(
                    found + ", which are no scores: name the value that has a score for each class with --output NAME");
        }
        long more = given.stream().skip(1).filter(size -> size != 1).count();
        if (given.isEmpty() || given.get(0) != batch || more > 1) {
            throw new InvalidDataException(
                    found + "; needed is a score for each class of each image: name another value"
                            + " with --output NAME, or export a classifier of whole images");
        }
        OutputForm form = new OutputForm(name, type, given, 0);
        return form.isSingle() ? new OutputForm(name, type, given, threshold(model, name, options, found)) : form;
    }

    private static float threshold(OnnxModel model, String name, AdoptionOptions options, String found) {
        if (options.threshold() != null) {
            return options.threshold();
        }
        GraphSearch search = new GraphSearch(model);
        Optional<NodeProto> last = search.maker(name);
        while (last.isPresent()
                && Set.of("Identity", "Flatten", "Squeeze", "Reshape", "Cast")
                        .contains(last.get().getOpType())) {
            last = search.maker(last.get().getInput(0));
        }
        if (last.filter(node -> node.getOpType().equals("Sigmoid")).isEmpty()) {
            throw new InvalidDataException(found + ", one score, and no Sigmoid before it: say above which score the"
                    + " image is of the second class, with --threshold 0 for a logit or --threshold 0.5 for a"
                    + " probability");
        }
        return HALF;
    }

    /** Number of scores of an image. */
    private long ofImage() {
        return sizes.stream().skip(1).reduce(1L, Math::multiplyExact);
    }

    /** Number of classes: two where there is one score. */
    int classes() {
        return isSingle() ? 2 : Math.toIntExact(ofImage());
    }

    /** Whether one score stands for two classes. */
    private boolean isSingle() {
        return ofImage() == 1;
    }

    /**
     * The label that an image has by its scores; the first of those that tie.
     *
     * @param scores of one image
     */
    int label(float[] scores) {
        if (isSingle()) {
            return scores[0] > threshold ? 1 : 0;
        }
        int top = 0;
        for (int label = 1; label < scores.length; label++) {
            if (scores[label] > scores[top]) {
                top = label;
            }
        }
        return top;
    }

    /**
     * Adds the nodes that make logits of the scores, behind all others, and the output.
     *
     * @param model the network with the scores
     * @param steps receives what was done
     */
    void addTo(GraphBuilder graph, OnnxModel model, List<String> steps) {
        graph.goToEnd();
        String value = withoutSoftmax(model, steps);
        if (type != DataType.FLOAT) {
            value = add(graph, "Cast", value, Map.of("to", List.of((long) DataType.FLOAT_VALUE)));
            steps.add("the scores become float32 (Cast)");
        }
        if (sizes.size() == 1) {
            String shape = graph.shape(graph.unused("adopted/rows"), -1, 1);
            String rows = graph.unused("adopted/scores");
            graph.node("Reshape", List.of(value, shape), rows, Map.of());
            value = rows;
        } else if (sizes.size() > 2) {
            value = add(graph, "Flatten", value, Map.of("axis", List.of(1L)));
            steps.add("scores of " + InputForm.text(sizes) + " become a row for each image (Flatten)");
        }
        if (isSingle()) {
            value = two(graph, value);
            steps.add("the one score becomes two, of which the second is larger where it is above " + threshold
                    + " (Sub, Neg, Concat)");
        }
        graph.output(value, DataType.FLOAT, classes());
    }

    private String two(GraphBuilder graph, String score) {
        String limit = graph.floats(graph.unused("adopted/threshold"), List.of(1L), threshold);
        String above = graph.unused("adopted/above");
        graph.node("Sub", List.of(score, limit), above, Map.of());
        String below = add(graph, "Neg", above, Map.of());
        String both = graph.unused("adopted/logits");
        graph.node("Concat", List.of(below, above), both, Map.of("axis", List.of(1L)));
        return both;
    }

    /** What the last nodes make probabilities of, in the same order: the largest stays the largest. */
    private String withoutSoftmax(OnnxModel model, List<String> steps) {
        GraphSearch search = new GraphSearch(model);
        long version = GraphSearch.version(model);
        String value = name;
        Optional<NodeProto> last = search.maker(value);
        while (last.isPresent() && keepsLabel(last.get(), version)) {
            NodeProto node = last.get();
            if (!node.getOpType().equals("Identity")) {
                steps.add("the " + node.getOpType() + " '" + GraphSearch.name(node)
                        + "' at the end is taken off: the largest logit is the largest probability");
            }
            value = node.getInput(0);
            last = search.maker(value);
        }
        return value;
    }

    private boolean keepsLabel(NodeProto node, long version) {
        if (isSingle() || !OnnxModel.domain(node.getDomain()).isEmpty()) {
            return false;
        }
        return switch (node.getOpType()) {
            case "Identity" -> true;
            case "LpNormalization" -> isOverClasses(GraphSearch.integer(node, "axis", -1));
            case "Softmax", "LogSoftmax" ->
                version < SOFTMAX_OF_ONE_AXIS
                        ? isOverRow(GraphSearch.integer(node, "axis", 1))
                        : isOverClasses(GraphSearch.integer(node, "axis", -1));
            default -> false;
        };
    }

    private boolean isOverClasses(long axis) {
        return axis(axis) == classAxis();
    }

    /** In older versions, all axes from one on. */
    private boolean isOverRow(long axis) {
        return axis(axis) >= 1 && axis(axis) <= classAxis();
    }

    private long axis(long axis) {
        return axis < 0 ? axis + sizes.size() : axis;
    }

    private int classAxis() {
        int axis = 1;
        while (sizes.get(axis) == 1) {
            axis++;
        }
        return axis;
    }

    private static String add(GraphBuilder graph, String operator, String value, Map<String, List<Long>> attributes) {
        String output = graph.unused("adopted/" + operator);
        graph.node(operator, List.of(value), output, attributes);
        return output;
    }
}
