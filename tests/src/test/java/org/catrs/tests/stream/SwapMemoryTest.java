// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.catrs.local.broker.EmbeddedBroker;
import org.catrs.schemas.event.ModelRelease;
import org.catrs.schemas.event.ModelStatus;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many models, one after the other, in one process. */
final class SwapMemoryTest {
    private static final int SWAPS = 200;
    private static final int SETTLED = 80;
    private static final int PAGE_BYTES = 4096;
    private static final int MEGABYTE = 1 << 20;

    /** Units of the hidden layer: with 192 inputs and 2 outputs, about 3 MB of weights. */
    private static final int HIDDEN = 4_096;

    /** A tenth of what the weights alone of the models after {@link #SETTLED} would take, had they stayed. */
    private static final int MOST_GROWTH = (SWAPS - SETTLED) * (192 + 2 + 1) * HIDDEN * Float.BYTES / 10;

    @Test
    void shouldUseNoMoreMemoryAfterManySwaps(@TempDir Path work) throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(work.resolve("broker"), 0);
                TestReleases releases = new TestReleases(work, broker.bootstrapServers());
                ToldStatuses told = new ToldStatuses(broker.bootstrapServers())) {
            List<ModelRelease> both = List.of(
                    releases.store(TestReleases.NAME, 2, large(2).toByteArray()),
                    releases.store(TestReleases.NAME, 3, large(3).toByteArray()));
            Map<String, String> settings = new TreeMap<>(releases.settings());
            settings.put("n", "100");
            try (CertifierService service = CertifierService.launch(work, broker.bootstrapServers(), settings)) {
                long settled = 0;
                System.out.println("swaps  resident memory, MiB");
                for (int swap = 1; swap <= SWAPS; swap++) {
                    ModelRelease next = both.get(swap % 2);
                    releases.send(next);
                    told.await(ModelStatus.State.SERVED, next.name(), Integer.parseInt(next.version()));
                    if (swap % 20 == 0) {
                        System.out.printf("%5d  %d%n", swap, residentBytes(service) / MEGABYTE);
                    }
                    if (swap == SETTLED) {
                        settled = residentBytes(service);
                    }
                }
                assertThat(residentBytes(service) - settled).isLessThan(MOST_GROWTH);
            }
        }
    }

    private static long residentBytes(CertifierService service) throws IOException {
        Path statm = Path.of("/proc", Long.toString(service.handle().pid()), "statm");
        return Long.parseLong(Files.readString(statm).split(" ", -1)[1]) * PAGE_BYTES;
    }

    /** A hidden layer before the network's own, which then has as many inputs. */
    private static ModelProto large(int version) {
        ModelProto.Builder network = TestReleases.network(version).toBuilder();
        GraphProto.Builder graph = network.getGraphBuilder();
        graph.clearInitializer()
                .addInitializer(constant("hidden", 192, HIDDEN))
                .addInitializer(constant("weights", HIDDEN, 2))
                .addInitializer(constant("biases", 2))
                .addNode(
                        1,
                        NodeProto.newBuilder()
                                .setOpType("MatMul")
                                .addInput("values")
                                .addInput("hidden")
                                .addOutput("hiddenValues"));
        graph.getNodeBuilder(2).setInput(0, "hiddenValues");
        return network.build();
    }

    private static TensorProto constant(String name, int... shape) {
        TensorProto.Builder constant =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
        int values = 1;
        for (int length : shape) {
            constant.addDims(length);
            values *= length;
        }
        return constant.setRawData(ByteString.copyFrom(new byte[values * Float.BYTES]))
                .build();
    }
}
