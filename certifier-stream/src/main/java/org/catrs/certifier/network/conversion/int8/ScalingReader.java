// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.catrs.schemas.onnx.proto.NodeProto;

/**
 * Reads what a network does to pixels before its first step: any sequence of Add, Sub, Mul and Div by constants, as one
 * subtraction and one division.
 */
final class ScalingReader {
    private static final Set<String> OF_ANY = Set.of("Add", "Mul");
    private static final Set<String> OF_ORDER = Set.of("Sub", "Div");

    private final String image;
    private final Constants constants;
    private final float[] means;
    private final float[] deviations;
    private String scaled;
    private boolean ended;

    ScalingReader(String image, int channels, Constants constants) {
        this.image = image;
        this.constants = constants;
        this.means = new float[channels];
        this.deviations = new float[channels];
        this.scaled = image;
        Arrays.fill(deviations, 1);
    }

    /** Takes the next node in the graph's order if it scales pixels. */
    boolean take(NodeProto node) {
        Optional<float[]> numbers = ended ? Optional.empty() : numbers(node);
        if (numbers.isEmpty()) {
            ended = true;
            return false;
        }
        for (int channel = 0; channel < means.length; channel++) {
            compose(node.getOpType(), channel, numbers.get()[channel]);
        }
        scaled = node.getOutput(0);
        return true;
    }

    /** The constant by which a node scales or shifts the pixels so far, one number for each channel. */
    private Optional<float[]> numbers(NodeProto node) {
        boolean isInOrder = OF_ORDER.contains(node.getOpType());
        if (!node.getDomain().isEmpty()
                || node.getInputCount() != 2
                || !(isInOrder || OF_ANY.contains(node.getOpType()))) {
            return Optional.empty();
        }
        int place = node.getInput(0).equals(scaled) ? 0 : 1;
        String constant = node.getInput(1 - place);
        if ((isInOrder && place == 1) || !node.getInput(place).equals(scaled) || !constants.has(constant)) {
            return Optional.empty();
        }
        return spread(constant).filter(numbers -> !isZeroed(node.getOpType(), numbers));
    }

    /** A value that is multiplied by 0, or divided by it, is no scaled pixel. */
    private static boolean isZeroed(String operator, float[] numbers) {
        boolean zero = false;
        for (float number : numbers) {
            zero |= number == 0;
        }
        return zero && (operator.equals("Mul") || operator.equals("Div"));
    }

    private void compose(String operator, int channel, float number) {
        switch (operator) {
            case "Sub" -> means[channel] += number * deviations[channel];
            case "Add" -> means[channel] -= number * deviations[channel];
            case "Div" -> deviations[channel] *= number;
            case "Mul" -> deviations[channel] /= number;
            default -> throw new IllegalStateException(operator);
        }
    }

    /** A constant that has one value for each channel, or one for all. */
    private Optional<float[]> spread(String name) {
        float[] values = constants.floats(name);
        int rank = constants.shape(name).size();
        boolean perChannel = values.length == means.length
                && rank >= 3
                && constants.shape(name).get(rank - 3) == means.length;
        if (!perChannel && values.length != 1) {
            return Optional.empty();
        }
        float[] spread = new float[means.length];
        for (int channel = 0; channel < spread.length; channel++) {
            spread[channel] = values[perChannel ? channel : 0];
        }
        return Optional.of(spread);
    }

    String image() {
        return image;
    }

    /** Name of the scaled image. */
    String scaled() {
        return scaled;
    }

    PixelScaling read() {
        return new PixelScaling(scaled, means, deviations);
    }
}
