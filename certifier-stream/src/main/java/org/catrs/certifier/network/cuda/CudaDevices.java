// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.ArrayList;
import java.util.List;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.session.Device;

/** The CUDA devices that a user means. */
public final class CudaDevices {
    private CudaDevices() {}

    /**
     * Finds out fast, without a network, whether there is any use in trying.
     *
     * @throws ProviderException when ONNX Runtime has no CUDA provider, or does not find its libraries
     */
    public static void requireProvider(ExecutionProvider provider) throws ProviderException {
        Device first = new Device.Cuda(
                provider.devices().isEmpty() ? 0 : provider.devices().get(0));
        try {
            first.options(OptLevel.BASIC_OPT).close();
        } catch (OrtException e) {
            throw CudaProblem.of(first, e);
        }
    }

    /** @throws ProviderException when all devices are meant, and the first cannot be used */
    public static List<Device.Cuda> of(ExecutionProvider provider, DeviceNetwork network) throws ProviderException {
        return provider.devices().isEmpty()
                ? all(CountingGraph.of(network, PixelTransport.STEPS), network.level())
                : provider.devices().stream().map(Device.Cuda::new).toList();
    }

    /** ONNX Runtime's Java interface has no list of them, so that sessions are opened until there is no next device. */
    private static List<Device.Cuda> all(byte[] graph, OptLevel level) throws ProviderException {
        List<Device.Cuda> devices = new ArrayList<>();
        try {
            while (true) {
                Device.Cuda device = new Device.Cuda(devices.size());
                DeviceSession.open(graph, device, level).close();
                devices.add(device);
            }
        } catch (ProviderException e) {
            if (devices.isEmpty() || !CudaProblem.isNoSuchDevice(e)) {
                throw e;
            }
            return devices;
        }
    }
}
