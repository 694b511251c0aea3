// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.Arrays;
import org.catrs.schemas.onnx.proto.NodeProto;

/** Reads what a network does to pixels before its first step: a Sub, a Div, or both in this order. */
final class ScalingReader {
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
        boolean scales = node.getDomain().isEmpty()
                && node.getInputList().size() == 2
                && node.getInput(0).equals(scaled)
                && constants.has(node.getInput(1));
        if (ended || !scales || !fill(node)) {
            ended = true;
            return false;
        }
        scaled = node.getOutput(0);
        return true;
    }

    private boolean fill(NodeProto node) {
        return switch (node.getOpType()) {
            case "Sub" -> scaled.equals(image) && spread(node.getInput(1), means);
            case "Div" -> {
                ended = true;
                yield spread(node.getInput(1), deviations);
            }
            default -> false;
        };
    }

    /** Copies a constant that has one value for each channel, or one for all. */
    private boolean spread(String name, float[] target) {
        float[] values = constants.floats(name);
        int rank = constants.shape(name).size();
        boolean perChannel = values.length == target.length
                && rank >= 3
                && constants.shape(name).get(rank - 3) == target.length;
        if (!perChannel && values.length != 1) {
            return false;
        }
        for (int channel = 0; channel < target.length; channel++) {
            target[channel] = values[perChannel ? channel : 0];
        }
        return true;
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
