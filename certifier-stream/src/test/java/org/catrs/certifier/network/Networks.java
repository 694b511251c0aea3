// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.catrs.certifier.network.cpu.CpuRun;
import org.catrs.certifier.network.cuda.DeviceNetwork;
import org.catrs.certifier.network.options.Assurance;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.session.Device;
import org.catrs.certifier.network.session.NetworkFile;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** The networks that inference/networks.py wrote, without calibration. */
public final class Networks {
    private Networks() {}

    public static byte[] bytes(String name) {
        try (InputStream file = Networks.class.getResourceAsStream(name + ".onnx")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static OnnxSession open(String name, OptLevel level) {
        return OnnxSession.open(bytes(name), name + ".onnx", level);
    }

    public static OnnxClassifier classifier(String name, int threads, int batch) {
        return classifier(
                new NetworkFile(bytes(name), name + ".onnx", null), new CpuRun(OptLevel.EXTENDED_OPT, batch, threads));
    }

    public static OnnxClassifier classifier(NetworkFile file, CpuRun settings) {
        return OnnxClassifier.load(file, settings, Assurance.PROVED);
    }

    /** A classifier whose votes are counted on devices, each of which may be the CPU. */
    public static OnnxClassifier on(List<? extends Device> devices, DeviceNetwork network, InferenceOptions options)
            throws ProviderException {
        return OnnxClassifier.on(devices, network, options);
    }

    public static ImageTensor image(ImageShape shape) {
        byte[] values = new byte[shape.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (37 * i);
        }
        return ImageTensor.of(shape, values);
    }
}
