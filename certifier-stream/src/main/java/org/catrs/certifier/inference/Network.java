// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;

/** An ONNX Runtime session of a classifier's network on the CPU. Each call runs on the calling thread alone. */
final class Network implements AutoCloseable {
    private final OrtSession session;
    private final Signature signature;

    private Network(OrtSession session, String source) throws OrtException {
        this.session = session;
        this.signature = Signature.of(session, source);
    }

    /**
     * Opens a network.
     *
     * @param source names the network in messages
     * @throws InvalidDataException when it is no ONNX file, or no image classifier
     */
    static Network open(byte[] onnx, String source, OptLevel level) {
        try (SessionOptions options = options(level, new Device.Cpu())) {
            OrtSession session = Engine.environment().createSession(onnx, options);
            try {
                return new Network(session, source);
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw new InvalidDataException(
                    source
                            + " cannot be opened by ONNX Runtime, which needs the whole network in one ONNX file without "
                            + "external data: " + e.getMessage(),
                    e);
        }
    }

    /** A session as all networks have it, for a look inside a network. */
    static OrtSession session(byte[] onnx) throws OrtException {
        try (SessionOptions options = options(OptLevel.EXTENDED_OPT, new Device.Cpu())) {
            return Engine.environment().createSession(onnx, options);
        }
    }

    /**
     * One thread per run without spinning, because callers are as many as cores; no memory patterns, which grow when
     * several threads run one session.
     */
    static SessionOptions options(OptLevel level, Device device) throws OrtException {
        // A provider's library, when it is loaded, needs the environment.
        Engine.environment();
        SessionOptions options = new SessionOptions();
        try {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setMemoryPatternOptimization(false);
            options.setOptimizationLevel(level);
            // What ONNX Runtime logs as an error it throws as well.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            device.addTo(options);
            return options;
        } catch (OrtException e) {
            options.close();
            throw e;
        }
    }

    /**
     * Number of classes, from running the network on one batch of black images.
     *
     * @throws InvalidDataException when it does not run, or does not give a row of at least 2 logits for each image
     */
    int classes(int batch, String source) {
        ImageShape image = signature.image();
        long[] shape = {batch, image.channels(), image.height(), image.width()};
        FloatBuffer black = FloatBuffer.allocate(Math.multiplyExact(batch, image.size()));
        try (OnnxTensor input = OnnxTensor.createTensor(Engine.environment(), black, shape);
                OrtSession.Result result = session.run(Map.of(signature.input(), input))) {
            long[] logits = ((TensorInfo) result.get(0).getInfo()).getShape();
            if (logits.length != 2 || logits[0] != batch || logits[1] < 2) {
                throw new InvalidDataException(source + " gives logits of " + Arrays.toString(logits)
                        + " for a batch of " + batch + " images; needed is a row of at least 2 logits for each image");
            }
            return Math.toIntExact(logits[1]);
        } catch (OrtException e) {
            throw new InvalidDataException(
                    source + " does not run on a batch of " + batch + " images of " + image + ": " + e.getMessage(), e);
        }
    }

    Signature signature() {
        return signature;
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
