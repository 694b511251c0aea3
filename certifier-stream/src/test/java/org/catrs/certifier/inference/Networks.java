// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.inference;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** The networks that inference/networks.py wrote, without calibration. */
final class Networks {
    private Networks() {}

    static byte[] bytes(String name) {
        try (InputStream file = Networks.class.getResourceAsStream(name + ".onnx")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Network open(String name, OptLevel level) {
        return Network.open(bytes(name), name + ".onnx", level);
    }

    static OnnxClassifier classifier(String name, int threads, int batch) {
        return OnnxClassifier.load(
                new NetworkFile(bytes(name), name + ".onnx", null),
                new Settings(OptLevel.EXTENDED_OPT, batch, threads));
    }

    static ImageTensor image(ImageShape shape) {
        byte[] values = new byte[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (37 * i);
        }
        return ImageTensor.of(shape, values);
    }
}
