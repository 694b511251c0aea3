// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;

/** What one session computes on. */
public sealed interface Device {
    /** The execution provider's name in certificates. */
    String provider();

    /** Makes a session compute here, and nowhere else. */
    void addTo(SessionOptions options) throws OrtException;

    /** The CPU. */
    record Cpu() implements Device {
        @Override
        public String provider() {
            return "cpu";
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
