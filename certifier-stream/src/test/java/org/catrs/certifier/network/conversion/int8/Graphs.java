// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion.int8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.catrs.schemas.onnx.OnnxModel;

/** The networks that quantization/networks.py wrote. */
public final class Graphs {
    private Graphs() {}

    public static byte[] bytes(String name) {
        try (InputStream file = Graphs.class.getResourceAsStream(name + ".onnx")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OnnxModel read(String name) {
        return OnnxModel.parse(bytes(name), name + ".onnx");
    }
}
