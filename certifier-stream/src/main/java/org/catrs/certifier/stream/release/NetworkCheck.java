// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.catrs.certifier.network.independence.NetworkDoor;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorShapeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/** Looks a network through before the engine sees it. */
final class NetworkCheck {
    private NetworkCheck() {}

    /**
     * @param mostBytes how large the network may say that it is
     * @throws RefusedReleaseException when the network must not be opened
     */
    static void check(byte[] onnx, ModelManifest manifest, String source, long mostBytes) {
        OnnxModel network = parse(onnx, source);
        try {
            NetworkDoor.open(onnx, source);
        } catch (InvalidDataException e) {
            RefusalReason reason =
                    network.hasExternalData() ? RefusalReason.EXTERNAL_DATA : RefusalReason.CUSTOM_OPERATOR;
            throw new RefusedReleaseException(reason, String.valueOf(e.getMessage()), e);
        }
        checkSize(network, source, mostBytes);
        checkInput(network, manifest.inputShape(), source);
    }

    private static OnnxModel parse(byte[] onnx, String source) {
        try {
            return OnnxModel.parse(onnx, source);
        } catch (InvalidDataException e) {
            throw new RefusedReleaseException(RefusalReason.NOT_ONNX, String.valueOf(e.getMessage()), e);
        }
    }

    private static void checkSize(OnnxModel network, String source, long mostBytes) {
        for (TensorProto constant : network.tensors()) {
            double values = 1;
            for (long length : constant.getDimsList()) {
                values *= length;
            }
            if (values > mostBytes) {
                throw new RefusedReleaseException(
                        RefusalReason.TOO_LARGE,
                        "%s says that its constant '%s' has %.0f values; a model may have at most %d bytes"
                                .formatted(source, constant.getName(), values, mostBytes));
            }
        }
    }

    /** What is left open here is checked when the network is opened. */
    private static void checkInput(OnnxModel network, ImageShape expected, String source) {
        Set<String> constants = new TreeSet<>();
        network.proto().getGraph().getInitializerList().forEach(constant -> constants.add(constant.getName()));
        for (ValueInfoProto input : network.proto().getGraph().getInputList()) {
            List<TensorShapeProto.Dimension> found =
                    input.getType().getTensorType().getShape().getDimList();
            boolean isImages = found.size() == 4 && !constants.contains(input.getName());
            if (isImages
                    && !(fits(found.get(1), expected.channels())
                            && fits(found.get(2), expected.height())
                            && fits(found.get(3), expected.width()))) {
                throw new RefusedReleaseException(
                        RefusalReason.WRONG_SHAPE,
                        source + " takes images of " + text(found) + ", but its manifest says " + expected
                                + " (channels x height x width)");
            }
        }
    }

    private static boolean fits(TensorShapeProto.Dimension found, int expected) {
        return found.getDimValue() == 0 || found.getDimValue() == expected;
    }

    private static String text(List<TensorShapeProto.Dimension> shape) {
        return shape.get(1).getDimValue() + " x " + shape.get(2).getDimValue() + " x "
                + shape.get(3).getDimValue();
    }
}
