// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.soak;

import com.google.protobuf.ByteString;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.tests.stream.TestReleases;

/** A network like those of {@link TestReleases}, with so many weights that it is missed when it stays in memory. */
final class LargeNetwork {
    private static final int INPUTS = 192;
    private static final int OUTPUTS = 2;
    private static final int HIDDEN = 4_096;

    /** What its weights take: about 3 MB. */
    static final long BYTES = (INPUTS + OUTPUTS + 1L) * HIDDEN * Float.BYTES;

    private LargeNetwork() {}

    /** A hidden layer before the network's own, which then has as many inputs. */
    static ModelProto of(int version) {
        ModelProto.Builder network = TestReleases.network(version).toBuilder();
        GraphProto.Builder graph = network.getGraphBuilder();
        graph.clearInitializer()
                .addInitializer(constant("hidden", INPUTS, HIDDEN))
                .addInitializer(constant("weights", HIDDEN, OUTPUTS))
                .addInitializer(constant("biases", OUTPUTS))
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
