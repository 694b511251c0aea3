// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.onnx.OnnxModel;

/**
 * A floating-point network that can be made a quantised one.
 *
 * @param image shape of the images that it takes
 * @param imageName name of its input in the file
 * @param scaling what the file does to pixels first
 * @param steps in an order in which each comes after those whose values it takes; the last gives the logits
 * @param shapes of the values, by name; one that is no image is a column of channels
 */
public record FloatNetwork(
        ImageShape image,
        String imageName,
        PixelScaling scaling,
        List<FloatLayer> steps,
        Map<String, ImageShape> shapes,
        Map<String, String> metadata) {
    /** Copies. */
    public FloatNetwork {
        steps = List.copyOf(steps);
        shapes = Map.copyOf(shapes);
        metadata = Map.copyOf(metadata);
    }

    /**
     * Reads a network.
     *
     * @param source names the network in messages
     * @throws InvalidDataException when it is made of operators that are not known here; the message names one
     */
    public static FloatNetwork of(OnnxModel model, String source) {
        return new GraphReader(model.proto(), source).read();
    }

    /** Names of the values whose ranges have to be known: the scaled image, and what each step with weights or sums gives. */
    public List<String> measured() {
        List<String> names = new ArrayList<>(List.of(scaling.output()));
        for (FloatLayer step : steps.subList(0, steps.size() - 1)) {
            if (step.isMeasured()) {
                names.add(step.output());
            }
        }
        return names;
    }

    ImageShape shape(String value) {
        ImageShape shape = shapes.get(value);
        if (shape == null) {
            throw new IllegalStateException("no step gives " + value);
        }
        return shape;
    }

    /** Number of steps that take a value. */
    long uses(String value) {
        return steps.stream().filter(step -> step.inputs().contains(value)).count();
    }
}
