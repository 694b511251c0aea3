// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.network.session.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicePoolTest {
    @Test
    void shouldLetABatchThatIsNotFullWaitForADeviceWithNothingToDo() throws Exception {
        DeviceNetwork network = DeviceNetwork.of(Networks.bytes("identity"), "identity", Tuning.AUTOMATIC);
        Device cpu = new Device.Cpu();
        try (DevicePool pool = DevicePool.open(List.of(cpu, cpu), network, PixelTransport.STEPS)) {
            DeviceBatch first = pool.take();
            assertThat(pool.mayFill(false)).isTrue();
            DeviceBatch second = pool.take();

            assertThat(second.session()).isNotSameAs(first.session());
            assertThat(pool.mayFill(false)).isFalse();
            assertThat(pool.mayFill(true)).isTrue();

            DeviceBatch third = pool.take();
            DeviceBatch fourth = pool.take();
            assertThat(pool.mayFill(true)).isFalse();

            pool.giveBack(first);
            assertThat(pool.mayFill(false)).isFalse();
            assertThat(pool.mayFill(true)).isTrue();
            pool.giveBack(third.session() == first.session() ? third : fourth);
            assertThat(pool.mayFill(false)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void shouldFreeTheBatchesThatItTookBeforeOneFailed(int failing) throws ProviderException {
        DeviceNetwork network = DeviceNetwork.of(Networks.bytes("identity"), "identity", Tuning.AUTOMATIC);
        byte[] graph = CountingGraph.of(network, PixelTransport.STEPS);
        List<DeviceBatch> taken = new ArrayList<>();

        try (DeviceSession first = DeviceSession.open(graph, new Device.Cpu(), network.level());
                DeviceSession second = DeviceSession.open(graph, new Device.Cpu(), network.level())) {
            assertThatThrownBy(() -> new DevicePool(List.of(first, second), session -> {
                        if (taken.size() + 1 == failing) {
                            throw new OrtException("no memory for batch " + failing);
                        }
                        taken.add(new DeviceBatch(session, network, PixelTransport.STEPS));
                        return taken.get(taken.size() - 1);
                    }))
                    .hasMessageContaining("no memory for batch " + failing);
        }

        assertThat(taken)
                .hasSize(failing - 1)
                .allSatisfy(batch -> assertThat(batch.inputs().values()).allMatch(OnnxTensor::isClosed));
    }
}
