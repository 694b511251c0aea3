// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.catrs.certifier.network.independence.NetworkDoor;
import org.catrs.schemas.onnx.OnnxModel;

/** ONNX Runtime's one environment in this process. */
public final class OnnxEnvironment {
    /**
     * ONNX Runtime 1.29 matches a regular expression against the process's command line when its environment is made,
     * recursing with each character: a class path of 4,000 characters overflows a stack of 1 MiB and ends the process.
     * So much stack is enough for the longest command line that Linux takes.
     */
    private static final long STACK_BYTES = 1L << 29;

    private OnnxEnvironment() {}

    /** The environment, made at the first call. */
    public static OrtEnvironment environment() {
        return Holder.ENVIRONMENT;
    }

    /**
     * Opens a session: the one place where ONNX Runtime is given a file, which passes the {@link NetworkDoor} first.
     *
     * @param source names the file in messages
     * @throws org.catrs.schemas.InvalidDataException when the file does not pass
     * @throws OrtException when ONNX Runtime cannot run it
     */
    public static OrtSession open(byte[] onnx, String source, SessionOptions options) throws OrtException {
        NetworkDoor.open(onnx, source);
        return environment().createSession(onnx, options);
    }

    /**
     * Opens a network as somebody brought it, to be compared with what was made of it. It may use operators that do not
     * pass the door: nothing is certified with it.
     *
     * @throws IllegalArgumentException when part of it lies in another file
     * @throws OrtException when ONNX Runtime cannot run it
     * @throws UncheckedIOException when the machine has no room for a temporary copy of it
     */
    public static OrtSession openToCompare(OnnxModel model, OptLevel level) throws OrtException {
        if (model.hasExternalData()) {
            throw new IllegalArgumentException("a network's values must be in its file, found some in another");
        }
        try (SessionOptions options = new Device.Cpu().options(level)) {
            // Through a file, since the heap may hold little more than the network itself.
            Path file = Files.createTempFile("catrs-original", ".onnx");
            try {
                try (OutputStream out = Files.newOutputStream(file)) {
                    model.proto().writeTo(out);
                }
                return environment().createSession(file.toString(), options);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a network cannot be written to the folder for temporary files: " + e, e);
        }
    }

    /** Made at the first use, after {@link NativeLibraries} had its say. */
    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = make();
    }

    private static OrtEnvironment make() {
        FutureTask<OrtEnvironment> making = new FutureTask<>(OrtEnvironment::getEnvironment);
        Thread thread = new Thread(null, making, "onnxruntime-environment", STACK_BYTES);
        thread.start();
        try {
            return making.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("ONNX Runtime does not start", e);
        }
    }
}
