// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.Optional;
import org.catrs.certifier.network.conversion.int8.CodeInputNetwork;
import org.catrs.certifier.network.conversion.int8.ImageCodes;
import org.catrs.certifier.network.independence.NetworkDoor;
import org.catrs.certifier.network.options.Precision;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/**
 * A network's file, as it is run on the CPU.
 *
 * @param onnx what ONNX Runtime opens
 * @param source names the file in messages
 * @param codes how images are given to a quantised network, whose own first nodes are left out; null for any other
 */
@SuppressWarnings("ArrayRecordComponent") // handed on to the engine, never compared
public record NetworkFile(
        byte[] onnx, String source, @Nullable ImageCodes codes) {
    /**
     * A file that ONNX Runtime opens.
     *
     * @throws InvalidDataException when it does not pass the {@link NetworkDoor}, or its first nodes make other codes of
     *     images than are made here
     */
    public static NetworkFile of(byte[] onnx, String source) {
        Optional<CodeInputNetwork> quantized = CodeInputNetwork.of(NetworkDoor.open(onnx, source), source);
        if (quantized.isEmpty()) {
            return new NetworkFile(onnx, source, null);
        }
        FrontTrial.require(quantized.get(), source);
        return new NetworkFile(quantized.get().onnx(), source, quantized.get().codes());
    }

    /** The arithmetic that the file is made for. */
    public Precision precision() {
        return codes == null ? Precision.FP32 : Precision.INT8;
    }

    /** @throws InvalidDataException when the file is made for another arithmetic; null asks for none */
    public void requirePrecision(@Nullable Precision asked) {
        if (asked != null && asked != precision()) {
            throw new InvalidDataException(source + " is made for " + precision() + " and does not run in " + asked
                    + (asked == Precision.INT8 ? ": make a quantised network of it with deploy/catrs quantize" : ""));
        }
    }

    /** Opens the network, as {@link OnnxSession#open(byte[], String, OptLevel)} does. */
    public OnnxSession open(OptLevel level) {
        return OnnxSession.open(this, level);
    }
}
