// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Map;
import org.catrs.certifier.network.conversion.int8.CodeInputNetwork;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;

/**
 * Makes sure that a quantised network's own first nodes, which are left out where it runs here, give each pixel the code
 * that it has here: else whoever runs the file would run another function than the one that was certified.
 *
 * <p>Each channel takes each of the 65,536 values that a step of the grid may have, as ONNX Runtime computes it. That all
 * places are treated alike follows from the nodes, which are the quantiser's.
 */
final class FrontTrial {
    private static final int STEPS = 1 << Short.SIZE;
    private static final float GRID_STEPS = 255;
    /** Another channel has another step at the same place, so that channels that were exchanged are seen. */
    private static final int BETWEEN_CHANNELS = 7919;

    private static final String AGAIN = ": make it again with deploy/catrs quantize";

    private final ImageShape image;
    private final CodeTable table;
    private final short[] steps;
    private final float[] pixels;
    private final byte[] expected;

    private FrontTrial(CodeInputNetwork network) {
        this.image = network.codes().image();
        this.table = new CodeTable(network.codes());
        this.steps = new short[image.size()];
        this.pixels = new float[image.size()];
        this.expected = new byte[image.size()];
    }

    /** @throws InvalidDataException when a pixel has another code, or a node is another, with what was found */
    static void require(CodeInputNetwork network, String source) {
        FrontTrial trial = new FrontTrial(network);
        try (OrtSession front = OnnxSession.session(network.front())) {
            int places = trial.image.height() * trial.image.width();
            for (int first = 0; first < STEPS; first += places) {
                trial.fill(first);
                trial.compare(trial.run(front), source);
            }
        } catch (OrtException e) {
            throw new InvalidDataException(
                    source + " is an int8 network whose first nodes do not run: " + e.getMessage() + AGAIN, e);
        }
        if (network.strangeNode() != null) {
            throw new InvalidDataException(source + " is an int8 network with the node " + network.strangeNode()
                    + " before its codes, which the quantiser does not write there" + AGAIN);
        }
    }

    private void fill(int first) {
        int places = image.height() * image.width();
        for (int i = 0; i < steps.length; i++) {
            steps[i] = (short) (first + i % places + i / places * BETWEEN_CHANNELS);
            pixels[i] = steps[i] / GRID_STEPS;
        }
        table.encode(steps, expected);
    }

    private byte[] run(OrtSession front) throws OrtException {
        long[] shape = {1, image.channels(), image.height(), image.width()};
        try (OnnxTensor input =
                        OnnxTensor.createTensor(OnnxEnvironment.environment(), FloatBuffer.wrap(pixels), shape);
                OrtSession.Result result =
                        front.run(Map.of(front.getInputNames().iterator().next(), input))) {
            ByteBuffer codes = ((OnnxTensor) result.get(0)).getByteBuffer();
            byte[] found = new byte[codes.remaining()];
            codes.get(found);
            return found;
        }
    }

    private void compare(byte[] found, String source) {
        if (found.length != expected.length) {
            throw new InvalidDataException(source + " is an int8 network whose first nodes give " + found.length
                    + " codes for an image of " + expected.length + " values" + AGAIN);
        }
        int[] places = table.places();
        for (int i = 0; i < places.length; i++) {
            if (found[places[i]] != expected[places[i]]) {
                throw new InvalidDataException(
                        "%s is an int8 network whose first nodes give a pixel of %d/255 in channel"
                                        .formatted(source, steps[i])
                                + " %d the code %d, where its constants give %d"
                                        .formatted(
                                                i / (image.height() * image.width()),
                                                found[places[i]] & 0xFF,
                                                expected[places[i]] & 0xFF)
                                + AGAIN);
            }
        }
    }
}
