// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.benchmark;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ModelProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.OperatorSetIdProto;
import org.catrs.schemas.onnx.proto.TensorProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.TypeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/** How fast ONNX Runtime multiplies matrices on a core of this machine: what a network could reach. */
enum GemmPeak {
    FP32("MatMul", DataType.FLOAT, DataType.FLOAT, OnnxJavaType.FLOAT, Float.BYTES),
    INT8("MatMulInteger", DataType.UINT8, DataType.INT8, OnnxJavaType.UINT8, Byte.BYTES);

    private static final int SIZE = 1024;
    private static final int ROUNDS = 3;
    private static final double SECONDS = 1;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final String operator;
    private final DataType left;
    private final DataType right;
    private final OnnxJavaType type;
    private final int bytes;

    GemmPeak(String operator, DataType left, DataType right, OnnxJavaType type, int bytes) {
        this.operator = operator;
        this.left = left;
        this.right = right;
        this.type = type;
        this.bytes = bytes;
    }

    /** Operations in a second of one core, a multiplication and an addition counting as two; the best of some rounds. */
    double operationsPerCoreSecond() throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            try (OrtSession session = environment.createSession(model(), options)) {
                double best = 0;
                for (int round = 0; round < ROUNDS; round++) {
                    best = Math.max(best, productsPerSecond(environment, session));
                }
                return best * 2 * SIZE * SIZE * SIZE;
            }
        }
    }

    /** By this thread's CPU time. */
    private double productsPerSecond(OrtEnvironment environment, OrtSession session) throws OrtException {
        ByteBuffer values = ByteBuffer.allocateDirect(bytes * SIZE * SIZE).order(ByteOrder.nativeOrder());
        try (OnnxTensor matrix = OnnxTensor.createTensor(environment, values, new long[] {SIZE, SIZE}, type)) {
            session.run(Map.of("a", matrix)).close();
            long begin = THREADS.getCurrentThreadCpuTime();
            int products = 0;
            double seconds = 0;
            while (seconds < SECONDS) {
                session.run(Map.of("a", matrix)).close();
                products++;
                seconds = (THREADS.getCurrentThreadCpuTime() - begin) / 1e9;
            }
            return products / seconds;
        }
    }

    private byte[] model() {
        byte[] values = new byte[bytes * SIZE * SIZE];
        for (int i = 0; i < SIZE * SIZE; i++) {
            values[i * bytes] = (byte) (i % 127);
        }
        DataType product = this == INT8 ? DataType.INT32 : DataType.FLOAT;
        GraphProto graph = GraphProto.newBuilder()
                .setName("product")
                .addInput(value("a", left))
                .addOutput(value("c", product))
                .addInitializer(TensorProto.newBuilder()
                        .setName("b")
                        .setDataType(right.getNumber())
                        .addDims(SIZE)
                        .addDims(SIZE)
                        .setRawData(ByteString.copyFrom(values)))
                .addNode(NodeProto.newBuilder()
                        .setOpType(operator)
                        .addInput("a")
                        .addInput("b")
                        .addOutput("c"))
                .build();
        return new OnnxModel(ModelProto.newBuilder()
                        .setIrVersion(8)
                        .setGraph(graph)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                        .build())
                .toByteArray();
    }

    private static ValueInfoProto value(String name, DataType type) {
        TypeProto.Tensor.Builder tensor = TypeProto.Tensor.newBuilder().setElemType(type.getNumber());
        tensor.getShapeBuilder().addDimBuilder().setDimValue(SIZE);
        tensor.getShapeBuilder().addDimBuilder().setDimValue(SIZE);
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder().setTensorType(tensor))
                .build();
    }
}
