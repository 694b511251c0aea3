// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.network.session.NetworkSignature;
import org.catrs.certifier.network.session.OnnxSession;

/**
 * A network that is to run on devices, always on a batch of one size.
 *
 * @param onnx the ONNX file
 * @param source names the file in messages
 * @param batch images in a run
 * @param level how far ONNX Runtime rewrites the graph
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier from the file to the sessions, never compared
public record DeviceNetwork(
        byte[] onnx, String source, NetworkSignature signature, int batch, int classes, OptLevel level) {
    /** Kernels are chosen by the graph's rewriting, so that it is fixed where nothing is pinned, and not measured. */
    private static final OptLevel LEVEL = OptLevel.EXTENDED_OPT;

    /** A GPU needs many images at once, and sharing a batch's noise out to all cores costs some microseconds. */
    private static final int LARGEST_BATCH = 4096;

    /** A batch holds at most so many values: 8 MiB on the way to the device, and many times that in the network. */
    private static final int LARGEST_INPUT = 1 << 22;

    /**
     * Looks a network over, which takes a session on the CPU.
     *
     * @param tuning what is pinned
     * @throws org.catrs.schemas.InvalidDataException when it is no image classifier
     */
    public static DeviceNetwork of(byte[] onnx, String source, Tuning tuning) {
        try (OnnxSession network = OnnxSession.open(onnx, source, OptLevel.BASIC_OPT)) {
            NetworkSignature signature = network.signature();
            int batch = batch(signature, tuning);
            int classes = network.classes(signature.fixedBatch() > 0 ? batch : 2, source);
            OptLevel level = tuning.optimization() == null
                    ? LEVEL
                    : tuning.optimization().level();
            return new DeviceNetwork(onnx, source, signature, batch, classes, level);
        }
    }

    private static int batch(NetworkSignature signature, Tuning tuning) {
        if (signature.fixedBatch() > 0) {
            return signature.fixedBatch();
        }
        if (tuning.batch() > 0) {
            return tuning.batch();
        }
        int batch = LARGEST_BATCH;
        while (batch > 1 && (long) batch * signature.image().size() > LARGEST_INPUT) {
            batch /= 2;
        }
        return batch;
    }
}
