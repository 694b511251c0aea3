// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import java.nio.file.Path;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeDeviceTest {
    @ParameterizedTest
    @CsvSource({"auto, 0, -1", "auto, 2, 0", "cpu, 2, -1", "cuda, 1, 0", "cuda:1, 2, 1"})
    void shouldTakeAGpuWhereThereIsOne(String name, int gpus, int expected) {
        Device device = ComputeDevice.parse(name).on(gpus);

        assertThat(device.isGpu() ? device.getDeviceId() : -1).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"cuda:0, 0", "cuda:2, 2"})
    void shouldSayThatThereIsNoSuchGpu(String name, int gpus) {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> ComputeDevice.parse(name).on(gpus))
                .withMessageContaining("--device " + name + ": NVIDIA's driver shows " + gpus + " GPUs")
                .withMessageContaining("--device cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "cuda:-1", "cuda:x", ""})
    void shouldRefuseOtherNames(String name) {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> ComputeDevice.parse(name))
                .withMessageContaining("must be auto, cpu or cuda:N");
    }

    @Test
    void shouldSayThatAFolderDoesNotHoldPyTorch(@TempDir Path folder) {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> CudaNatives.requireLibrary(folder.toString()))
                .withMessageContaining("PYTORCH_LIBRARY_PATH")
                .withMessageContaining("in " + folder);
    }
}
