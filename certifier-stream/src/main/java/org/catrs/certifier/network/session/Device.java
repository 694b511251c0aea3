// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import org.catrs.schemas.CloseOnFailure;
import org.jspecify.annotations.Nullable;

/** What one session computes on. */
public sealed interface Device {
    /** The execution provider's name in certificates. */
    String provider();

    /** The vector instructions that kernels are chosen for; null where they are not known. */
    @Nullable
    String instructions();

    /** Makes a session compute here, and nowhere else. */
    void addTo(SessionOptions options) throws OrtException;

    /**
     * What a session that computes here is opened with. One thread per run without spinning, because callers are as many as cores; no memory patterns, which grow when
     * several threads run one session.
     */
    default SessionOptions options(OptLevel level) throws OrtException {
        // A provider's library, when it is loaded, needs the environment.
        OnnxEnvironment.environment();
        try (CloseOnFailure opened = new CloseOnFailure()) {
            SessionOptions options = opened.add(new SessionOptions());
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.setMemoryPatternOptimization(false);
            options.setOptimizationLevel(level);
            // What ONNX Runtime logs as an error it throws as well.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            addTo(options);
            opened.succeeded();
            return options;
        }
    }

    /** The CPU. */
    record Cpu() implements Device {
        @Override
        public String provider() {
            return "cpu";
        }

        @Override
        public String instructions() {
            return VectorInstructions.ofThisMachine();
        }

        @Override
        public void addTo(SessionOptions options) {}

        @Override
        public String toString() {
            return provider();
        }
    }

    /**
     * A CUDA device.
     *
     * @param number as CUDA counts, from 0
     */
    record Cuda(int number) implements Device {
        @Override
        public String provider() {
            return "cuda";
        }

        /** ONNX Runtime's Java interface does not say what a device is. */
        @Override
        public @Nullable String instructions() {
            return null;
        }

        /**
         * TensorFloat-32 is off, because its products have 10 bits and would pass for fp32. cuDNN's choice of kernels by
         * trial is off, because two trials may choose differently, and then a label would depend on the device that
         * answers.
         */
        @Override
        public void addTo(SessionOptions options) throws OrtException {
            try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(number)) {
                cuda.add("use_tf32", "0");
                cuda.add("cudnn_conv_algo_search", "HEURISTIC");
                options.addCUDA(cuda);
            }
            options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
            options.setDeterministicCompute(true);
        }

        @Override
        public String toString() {
            return provider() + ":" + number;
        }
    }
}
