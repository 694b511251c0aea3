// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.engine;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import com.sun.jna.ptr.IntByReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** NVIDIA's driver, asked without any of CUDA's own libraries, which come with PyTorch's. */
final class CudaDriver {
    private static final Logger LOGGER = LoggerFactory.getLogger(CudaDriver.class);
    private static final int SUCCESS = 0;

    private CudaDriver() {}

    /** Number of GPUs, 0 where there is no driver. */
    static int countGpus() {
        String library = Platform.isWindows() ? "nvcuda" : "cuda";
        IntByReference count = new IntByReference();
        try {
            if (call(library, "cuInit", 0) != SUCCESS || call(library, "cuDeviceGetCount", count) != SUCCESS) {
                return 0;
            }
        } catch (UnsatisfiedLinkError noDriver) {
            LOGGER.debug("there is no library of NVIDIA's driver", noDriver);
            return 0;
        }
        return count.getValue();
    }

    private static int call(String library, String function, Object argument) {
        return Function.getFunction(library, function).invokeInt(new Object[] {argument});
    }
}
