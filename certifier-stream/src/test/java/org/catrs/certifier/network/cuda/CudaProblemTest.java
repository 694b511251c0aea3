// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.catrs.certifier.network.session.Device;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaProblemTest {
    /** The texts are ONNX Runtime 1.29's own, as it threw them without a GPU and with a driver that had been feigned. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Error code - ORT_EP_FAIL - message: Failed to find CUDA shared provider"
                        + "| this is ONNX Runtime for CPUs, without a CUDA provider; build catrs with Maven's profile"
                        + " -Pcuda, or let onnxruntime.natives (--onnxruntime-natives) name a folder",
                "1 : FAIL : Failed to load library /opt/ort/libonnxruntime_providers_cuda.so with error:"
                        + " libcublasLt.so.12: cannot open shared object file: No such file or directory"
                        + "| libcublasLt.so.12 is missing; install the runtime libraries of CUDA 12",
                "Failed to load library x with error: libcuda.so.1: cannot open shared object file: No such file"
                        + "| libcuda.so.1 is missing; install NVIDIA's driver, or start the container with its GPUs",
                "Failed to load library x with error: libcudnn.so: cannot open shared object file: No such file"
                        + "| libcudnn.so is missing; install cuDNN 9 for CUDA 12",
                "cuda_call.cc:114 CUDA failure 100: no CUDA-capable device is detected ; GPU=32712 ; hostname=pc"
                        + "| CUDA reports no CUDA-capable device is detected (error 100); nvidia-smi must list a GPU",
                "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=-1 ; hostname=pc"
                        + "| CUDA driver version is insufficient for CUDA runtime version (error 35); install a driver",
                "Failed to parse provider option \"device_id\": cuda_execution_provider_info.cc:70 operator() Invalid"
                        + " device ID: 1, must be between 0 (inclusive) and 1 (exclusive)."
                        + "| CUDA devices here: 1, numbered from 0, as nvidia-smi lists them",
                "CUDA failure 2: out of memory ; GPU=0 ; hostname=pc ; expr=cudaMalloc(&p, size);"
                        + "| CUDA reports out of memory (error 2); nvidia-smi tells more of the GPU",
                "This session contains graph nodes that are assigned to the default CPU EP, but fallback to CPU EP has"
                        + " been explicitly disabled by the user."
                        + "| it has no CUDA kernels for some of the network's operators",
                "something new| a session on cuda:1 does not start: something new"
            })
    void shouldSayWhatIsMissingAndWhatToDo(String message, String said) {
        assertThat(CudaProblem.describe(new Device.Cuda(1), message))
                .startsWith("a session on cuda:1 does not start: ")
                .contains(said);
    }
}
