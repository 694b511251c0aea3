// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.Map;
import org.catrs.certifier.network.conversion.int8.ImageCodes;
import org.catrs.certifier.network.independence.AdoptLine;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;

/**
 * The input and the output of a classifier's network.
 *
 * @param input name of the one input: float32, batch x channels x height x width, or a quantised network's codes
 * @param image shape of an image
 * @param fixedBatch the batch size that the network is bound to, or 0 when it takes any
 * @param output name of the one output, float32, batch x classes
 */
public record NetworkSignature(String input, ImageShape image, int fixedBatch, String output) {
    private static final String NEEDED =
            "; needed is one float32 input of batch x channels x height x width and one float32 output of batch x "
                    + "classes";

    /**
     * Reads a network's signature.
     *
     * @param source names the network in messages
     * @throws InvalidDataException when it is not an image classifier's
     */
    static NetworkSignature of(OrtSession session, String source) throws OrtException {
        Map.Entry<String, NodeInfo> input = only("input", session.getInputInfo(), source, "");
        Map.Entry<String, NodeInfo> output =
                only("output", session.getOutputInfo(), source, AdoptLine.of(source, "--output NAME"));
        long[] shape = floatShape("input", input, source, 4);
        floatShape("output", output, source, 2);
        if (shape[1] < 1 || shape[2] < 1 || shape[3] < 1) {
            throw new InvalidDataException(source + " has the input '" + input.getKey() + "' of " + text(shape)
                    + ", whose image size is open" + AdoptLine.of(source, "--size H,W"));
        }
        if (shape[3] <= 4 && shape[1] > 4) {
            throw new InvalidDataException(source + " has the input '" + input.getKey() + "' of " + text(shape)
                    + ", which looks like batch x height x width x channels" + AdoptLine.of(source, "--layout nhwc"));
        }
        ImageShape image =
                new ImageShape(Math.toIntExact(shape[1]), Math.toIntExact(shape[2]), Math.toIntExact(shape[3]));
        return new NetworkSignature(input.getKey(), image, Math.toIntExact(Math.max(0, shape[0])), output.getKey());
    }

    /** The signature of a quantised network from the codes on. */
    static NetworkSignature ofCodes(OrtSession session, ImageCodes codes) throws OrtException {
        String input = session.getInputNames().iterator().next();
        String output = session.getOutputNames().iterator().next();
        return new NetworkSignature(input, codes.image(), 0, output);
    }

    private static Map.Entry<String, NodeInfo> only(
            String kind, Map<String, NodeInfo> nodes, String source, String mending) {
        if (nodes.size() != 1) {
            throw new InvalidDataException(
                    source + " has " + nodes.size() + " " + kind + "s " + nodes.keySet() + NEEDED + mending);
        }
        return nodes.entrySet().iterator().next();
    }

    private static long[] floatShape(String kind, Map.Entry<String, NodeInfo> node, String source, int rank) {
        String name = source + " has the " + kind + " '" + node.getKey() + "' ";
        if (!(node.getValue().getInfo() instanceof TensorInfo tensor)) {
            throw new InvalidDataException(name + "which is no tensor" + NEEDED + AdoptLine.of(source));
        }
        if (tensor.type != OnnxJavaType.FLOAT) {
            throw new InvalidDataException(name + "of type " + tensor.type + NEEDED + AdoptLine.of(source));
        }
        if (tensor.getShape().length != rank) {
            boolean isFlat = kind.equals("input") && tensor.getShape().length == 2;
            throw new InvalidDataException(name + "of " + text(tensor.getShape()) + NEEDED
                    + (isFlat ? AdoptLine.of(source, "--size C,H,W") : AdoptLine.of(source)));
        }
        return tensor.getShape();
    }

    private static String text(long[] shape) {
        return Arrays.stream(shape)
                .mapToObj(size -> size < 0 ? "?" : Long.toString(size))
                .toList()
                .toString();
    }
}
