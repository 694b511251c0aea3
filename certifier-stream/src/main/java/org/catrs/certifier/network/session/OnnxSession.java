// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.Map;
import org.catrs.certifier.network.conversion.int8.ImageCodes;
import org.catrs.certifier.network.independence.AdoptLine;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX Runtime session of a classifier's network on the CPU; what runs on a device is {@code cuda}'s {@code
 * DeviceSession}. Each call runs on the calling thread alone.
 */
public final class OnnxSession implements AutoCloseable {
    private final OrtSession session;
    private final NetworkSignature signature;
    private final @Nullable CodeTable codes;

    private OnnxSession(OrtSession session, NetworkFile file) throws OrtException {
        this.session = session;
        ImageCodes how = file.codes();
        this.codes = how == null ? null : new CodeTable(how);
        this.signature =
                how == null ? NetworkSignature.of(session, file.source()) : NetworkSignature.ofCodes(session, how);
    }

    /**
     * Opens a network.
     *
     * @param source names the network in messages
     * @throws InvalidDataException when it is no ONNX file, or no image classifier
     */
    public static OnnxSession open(byte[] onnx, String source, OptLevel level) {
        return open(new NetworkFile(onnx, source, null), level);
    }

    /** As {@link #open(byte[], String, OptLevel)}, also for a quantised network that takes codes. */
    static OnnxSession open(NetworkFile file, OptLevel level) {
        try (SessionOptions options = new Device.Cpu().options(level);
                CloseOnFailure opened = new CloseOnFailure()) {
            OrtSession session = opened.add(OnnxEnvironment.open(file.onnx(), file.source(), options));
            OnnxSession network = new OnnxSession(session, file);
            opened.succeeded();
            return network;
        } catch (OrtException e) {
            throw new InvalidDataException(file.source() + " cannot be opened by ONNX Runtime: " + e.getMessage(), e);
        }
    }

    /** A session as all networks have it, for a look inside a network. */
    public static OrtSession session(byte[] onnx) throws OrtException {
        try (SessionOptions options = new Device.Cpu().options(OptLevel.EXTENDED_OPT)) {
            return OnnxEnvironment.open(onnx, "the network", options);
        }
    }

    /**
     * Number of classes, from running the network on one batch of zeros.
     *
     * @throws InvalidDataException when it does not run, or does not give a row of at least 2 logits for each image
     */
    public int classes(int batch, String source) {
        try (BatchInput input = BatchInput.of(this, batch);
                OrtSession.Result result = session.run(Map.of(signature.input(), input.tensor()))) {
            long[] logits = ((TensorInfo) result.get(0).getInfo()).getShape();
            if (logits.length != 2 || logits[0] != batch || logits[1] < 2) {
                throw new InvalidDataException(source + " gives logits of " + Arrays.toString(logits)
                        + " for a batch of " + batch + " images; needed is a row of at least 2 logits for each image"
                        + AdoptLine.of(source));
            }
            return Math.toIntExact(logits[1]);
        } catch (OrtException e) {
            throw new InvalidDataException(
                    source + " does not run on a batch of " + batch + " images of " + signature.image()
                            + ", perhaps because it was exported for a batch of one"
                            + AdoptLine.of(source)
                            + ". ONNX Runtime says: "
                            + e.getMessage(),
                    e);
        }
    }

    /** What the network takes and gives. */
    public NetworkSignature signature() {
        return signature;
    }

    /** How it takes images; null when it takes them as float32. */
    @Nullable
    CodeTable codes() {
        return codes;
    }

    OrtSession session() {
        return session;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime did not close a session", e);
        }
    }
}
