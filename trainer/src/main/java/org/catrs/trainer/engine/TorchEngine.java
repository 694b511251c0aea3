// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.util.Map;
import java.util.TreeMap;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PyTorch, loaded into this process once and set up for training on all cores, or on a GPU. */
public final class TorchEngine {
    private static final Logger LOGGER = LoggerFactory.getLogger(TorchEngine.class);
    private static final String NAME = "PyTorch";
    private static final int M_TRIM_THRESHOLD = -1;
    private static final int M_MMAP_THRESHOLD = -3;
    private static final int ONE_GIBIBYTE = 1 << 30;

    private static @Nullable Device device;

    private TorchEngine() {}

    /**
     * Loads PyTorch's native library for the CPU unless that is done.
     *
     * @throws InvalidDataException when there is no native library for this platform
     */
    public static void start() {
        start(ComputeDevice.CPU);
    }

    /**
     * Loads PyTorch's native library unless that is done; what it reads at its load is set before. A process computes on
     * one device.
     *
     * @throws InvalidDataException when there is no such device, or no native library for it
     */
    public static synchronized void start(ComputeDevice wanted) {
        Device chosen = wanted.equals(ComputeDevice.CPU) ? Device.cpu() : wanted.on(CudaDriver.countGpus());
        if (device != null) {
            if (!device.equals(chosen)) {
                throw new IllegalStateException("this process computes on " + device + " and cannot on " + chosen);
            }
            return;
        }
        // Several Java threads compute at once: a thread pool below each of them would only contend.
        System.setProperty("ai.djl.pytorch.num_threads", "1");
        System.setProperty("ai.djl.pytorch.graph_optimizer", "false");
        if (Platform.isLinux()) {
            tuneLinux();
        }
        if (chosen.isGpu()) {
            loadForCuda(chosen);
        } else {
            loadForCpu();
        }
        device = chosen;
    }

    private static void loadForCpu() {
        // All natives are on the class path: nothing may be fetched, and nobody be told of the start.
        System.setProperty("ai.djl.offline", "true");
        try {
            Engine.getEngine(NAME);
        } catch (EngineException exception) {
            throw new InvalidDataException(
                    "PyTorch cannot be loaded on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                            + ": " + exception.getMessage() + "; training needs Linux on x86-64 or aarch64, macOS on"
                            + " aarch64 or Windows on x86-64, and some 500 MB of room for its libraries in"
                            + " ~/.djl.ai or the folder that DJL_CACHE_DIR names",
                    exception);
        }
    }

    /** Loads the libraries for CUDA, and computes something with them. */
    static void loadForCuda(Device gpu) {
        try {
            Engine engine = CudaNatives.load(() -> Engine.getEngine(NAME));
            try (NDManager manager = engine.newBaseManager(gpu)) {
                manager.ones(new Shape(1)).toFloatArray();
            }
        } catch (InvalidDataException exception) {
            throw exception;
        } catch (Exception exception) {
            throw new InvalidDataException(
                    "PyTorch's libraries for CUDA cannot be loaded: " + reason(exception) + "; let "
                            + CudaNatives.PATH + " name the folder lib of libtorch for CUDA 12.8, in the version that"
                            + " this catrs is built with, or let DJL fetch some 3 GB into ~/.djl.ai from"
                            + " https://publish.djl.ai, or take --device cpu",
                    exception);
        }
    }

    private static String reason(Exception exception) {
        Throwable cause = exception.getCause() == null ? exception : exception.getCause();
        return (exception.getMessage() + ": " + cause).lines().findFirst().orElse("");
    }

    /**
     * What networks are computed on.
     *
     * @throws IllegalStateException before the start
     */
    public static synchronized Device device() {
        if (device == null) {
            throw new IllegalStateException("PyTorch is not loaded");
        }
        return device;
    }

    /**
     * Begins to collect gradients. All networks of the process share the one collector that may be open at a time.
     *
     * @throws IllegalStateException when another is open
     */
    public static GradientCollector newCollector() {
        return Engine.getEngine(NAME).newGradientCollector();
    }

    /** Versions of PyTorch and of the library that binds it to Java, and the device, by name. */
    public static Map<String, String> versions() {
        Map<String, String> versions = new TreeMap<>();
        versions.put("pytorch", Engine.getEngine(NAME).getVersion());
        versions.put("djl", Engine.getDjlVersion());
        versions.put("device", device().isGpu() ? "cuda" : "cpu");
        return versions;
    }

    /**
     * Sets what PyTorch's libraries read from their process when they are loaded: glibc shall not hand every large tensor
     * back to the kernel, which costs a quarter of the speed in page faults; OpenMP shall start no threads.
     */
    private static void tuneLinux() {
        Function setenv = Function.getFunction("c", "setenv");
        setenv.invokeInt(new Object[] {"OMP_NUM_THREADS", "1", 1});
        try {
            Function mallopt = Function.getFunction("c", "mallopt");
            mallopt.invokeInt(new Object[] {M_MMAP_THRESHOLD, ONE_GIBIBYTE});
            mallopt.invokeInt(new Object[] {M_TRIM_THRESHOLD, Integer.MAX_VALUE});
        } catch (UnsatisfiedLinkError notGlibc) {
            LOGGER.info("this C library has no mallopt: training takes somewhat longer", notGlibc);
        }
    }
}
