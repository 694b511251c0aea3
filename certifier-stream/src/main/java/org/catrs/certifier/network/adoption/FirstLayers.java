// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.util.List;
import java.util.Optional;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.NodeProto;

/**
 * What a network does to its pixels before its first layer with weights, and so what it seems to be fed with.
 *
 * @param node name of the last node that scales or shifts the pixels; empty where none does
 * @param factor product of the factors
 * @param shift sum of what is added, in units of what is fed
 */
record FirstLayers(String node, double factor, double shift) {
    /** What scales or shifts by as much has pixels of 0 to 255 before it. */
    private static final double SMALL_FACTOR = 0.1;

    private static final double LARGE_SHIFT = 8;

    /** Follows a network's input up to its first layer with weights. */
    static FirstLayers of(OnnxModel model, String input) {
        GraphSearch search = new GraphSearch(model);
        FirstLayers found = new FirstLayers("", 1, 0);
        String value = input;
        while (true) {
            List<NodeProto> users = search.users(value);
            if (users.size() != 1) {
                return found;
            }
            NodeProto node = users.get(0);
            Optional<FirstLayers> next = found.then(node, value, search);
            if (next.isEmpty()) {
                return found;
            }
            found = next.get();
            value = node.getOutput(0);
        }
    }

    private Optional<FirstLayers> then(NodeProto node, String value, GraphSearch search) {
        return switch (node.getOpType()) {
            case "Identity", "Cast", "Transpose", "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Dropout", "Gather" ->
                node.getInput(0).equals(value) ? Optional.of(this) : Optional.empty();
            case "Add" -> other(node, value, search).map(number -> with(node, 1, number));
            case "Mul" -> other(node, value, search).map(number -> with(node, number, 0));
            case "Sub" -> second(node, value, search).map(number -> with(node, 1, -number));
            case "Div" -> second(node, value, search).map(number -> with(node, 1 / number, 0));
            case "BatchNormalization" -> normalization(node, search);
            default -> Optional.empty();
        };
    }

    private FirstLayers with(NodeProto by, double times, double plus) {
        return new FirstLayers(GraphSearch.name(by), factor * times, shift + plus / factor);
    }

    private Optional<FirstLayers> normalization(NodeProto node, GraphSearch search) {
        Optional<float[]> mean = search.floats(node.getInput(3));
        Optional<float[]> variance = search.floats(node.getInput(4));
        return mean.isEmpty() || variance.isEmpty()
                ? Optional.empty()
                : Optional.of(with(node, 1, -average(mean.get()))
                        .with(node, 1 / Math.sqrt(Math.max(average(variance.get()), Float.MIN_NORMAL)), 0));
    }

    private static Optional<Double> other(NodeProto node, String value, GraphSearch search) {
        String constant = node.getInput(node.getInput(0).equals(value) ? 1 : 0);
        return search.floats(constant).map(FirstLayers::average);
    }

    private static Optional<Double> second(NodeProto node, String value, GraphSearch search) {
        return node.getInput(0).equals(value)
                ? search.floats(node.getInput(1)).map(FirstLayers::average)
                : Optional.empty();
    }

    private static double average(float[] numbers) {
        double sum = 0;
        for (float number : numbers) {
            sum += Math.abs(number);
        }
        return sum / numbers.length;
    }

    /** Whether the network prepares pixels of 0 to 1 by itself. */
    boolean prepare() {
        return !node.isEmpty() && !seemToTakeBytes();
    }

    private boolean seemToTakeBytes() {
        return factor < SMALL_FACTOR || Math.abs(shift) > LARGE_SHIFT;
    }

    /**
     * Asks what pixels have to go through.
     *
     * @param tried what came out where several preparations were tried on images; empty where there are none
     */
    InvalidDataException question(String source, String tried) {
        if (seemToTakeBytes()) {
            return new InvalidDataException(source + " scales or shifts its pixels in its node '" + node
                    + "' as if they were of 0 to 255, and catrs gives it pixels of 0 to 1: say --scale 0..255, or"
                    + " --preparation none if it is used to 0 to 1" + tried);
        }
        return new InvalidDataException(
                source + " does nothing to its pixels before its first layer, so whoever trained"
                        + " it has probably normalised them in a program of their own; without that, its labels are wrong but"
                        + " look right. Say what that program does: --preparation imagenet, cifar10 or -1..1, or --mean M,M,M"
                        + " --std S,S,S, or --scale 0..255; or --preparation none if pixels of 0 to 1 go in as they are"
                        + tried);
    }
}
