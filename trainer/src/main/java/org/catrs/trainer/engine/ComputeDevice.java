// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.engine;

import ai.djl.Device;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.schemas.InvalidDataException;

/**
 * What is to compute networks, as a command line says it: {@code auto}, {@code cpu} or {@code cuda:N}.
 *
 * @param gpu number of the GPU, from 0; -1 for the CPU
 * @param automatic whether a GPU is taken where there is one, and otherwise the CPU
 */
public record ComputeDevice(int gpu, boolean automatic) {
    /** The first GPU where there is one, otherwise the CPU. */
    public static final ComputeDevice AUTO = new ComputeDevice(0, true);

    /** The CPU. */
    public static final ComputeDevice CPU = new ComputeDevice(-1, false);

    private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

    /**
     * Reads a name.
     *
     * @throws InvalidDataException when it is none
     */
    public static ComputeDevice parse(String name) {
        Matcher cuda = CUDA.matcher(name);
        if (cuda.matches()) {
            return new ComputeDevice(cuda.group(1) == null ? 0 : Integer.parseInt(cuda.group(1)), false);
        }
        return switch (name) {
            case "auto" -> AUTO;
            case "cpu" -> CPU;
            default -> throw new InvalidDataException("--device must be auto, cpu or cuda:N, found " + name);
        };
    }

    /**
     * The device that is meant, on a machine with so many GPUs.
     *
     * @throws InvalidDataException when there is no such GPU
     */
    Device on(int gpus) {
        if (gpu < 0 || (automatic && gpus == 0)) {
            return Device.cpu();
        }
        if (gpu >= gpus) {
            throw new InvalidDataException("--device " + this + ": NVIDIA's driver shows " + gpus
                    + " GPUs on this machine; take --device cpu, or install the driver until nvidia-smi lists the GPU");
        }
        return Device.gpu(gpu);
    }

    @Override
    public String toString() {
        return automatic ? "auto" : gpu < 0 ? "cpu" : "cuda:" + gpu;
    }
}
