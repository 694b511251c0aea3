// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.session.Device;

/** Says what keeps a network from running on CUDA, and what to do, from ONNX Runtime's own words. */
final class CudaProblem {
    private static final Pattern LIBRARY = Pattern.compile("(lib[\\w+-]+\\.so[\\w.]*): cannot open shared object file");
    private static final Pattern FAILURE = Pattern.compile("CUDA failure (\\d+): ([^;\\n]+)");
    private static final Pattern NUMBER =
            Pattern.compile("Invalid device ID: (\\d+), must be between 0 \\(inclusive\\) and (\\d+)");
    private static final List<String> DRIVER = List.of("libcuda.so", "libnvidia");
    private static final String NO_DEVICE = "100";
    private static final String OLD_DRIVER = "35";

    private CudaProblem() {}

    /** What ONNX Runtime threw when a session was to be opened, as what a user can mend. */
    static ProviderException of(Device device, OrtException exception) {
        return new ProviderException(describe(device, String.valueOf(exception.getMessage())), exception);
    }

    /** Whether a device's number is beyond the last one. */
    static boolean isNoSuchDevice(ProviderException problem) {
        return problem.getCause() != null
                && NUMBER.matcher(String.valueOf(problem.getCause().getMessage()))
                        .find();
    }

    /** @param message of the exception that ONNX Runtime threw */
    static String describe(Device device, String message) {
        String found = "a session on " + device + " does not start: ";
        Matcher library = LIBRARY.matcher(message);
        if (library.find()) {
            return found + library.group(1) + " is missing; " + remedy(library.group(1));
        }
        if (message.contains("Failed to find CUDA shared provider") || message.contains("not compiled with CUDA")) {
            return found + "this is ONNX Runtime for CPUs, without a CUDA provider; build catrs with Maven's"
                    + " profile -Pcuda, or let onnxruntime.natives (--onnxruntime-natives) name a folder with the"
                    + " unpacked libraries of onnxruntime_gpu";
        }
        if (message.contains("fallback to CPU EP has been explicitly disabled")) {
            return found + "it has no CUDA kernels for some of the network's operators, and none may run on the"
                    + " CPU unnoticed; export the network with fixed sizes and common operators, or run it with"
                    + " the provider cpu";
        }
        Matcher number = NUMBER.matcher(message);
        if (number.find()) {
            return found + "CUDA devices here: " + number.group(2) + ", numbered from 0, as nvidia-smi lists them";
        }
        Matcher failure = FAILURE.matcher(message);
        return failure.find()
                ? found + failure(failure.group(1), failure.group(2).strip())
                : found + message.strip();
    }

    private static String remedy(String library) {
        if (DRIVER.stream().anyMatch(library::startsWith)) {
            return "install NVIDIA's driver, or start the container with its GPUs (docker run --gpus all)";
        }
        if (library.startsWith("libcudnn")) {
            return "install cuDNN 9 for CUDA 12, and let LD_LIBRARY_PATH name its folder";
        }
        if (library.startsWith("libcu")) {
            return "install the runtime libraries of CUDA 12 (of 12, not of 13), and let LD_LIBRARY_PATH name their"
                    + " folder";
        }
        return "install it, or let LD_LIBRARY_PATH name its folder";
    }

    private static String failure(String code, String words) {
        String failure = "CUDA reports " + words + " (error " + code + "); ";
        return failure
                + switch (code) {
                    case NO_DEVICE ->
                        "nvidia-smi must list a GPU, in the container too (docker run --gpus all), and"
                                + " CUDA_VISIBLE_DEVICES must not hide it";
                    case OLD_DRIVER -> "install a driver of NVIDIA's for CUDA 12 (525 or newer)";
                    default -> "nvidia-smi tells more of the GPU";
                };
    }
}
