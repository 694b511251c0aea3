// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.network.session.OnnxEnvironment;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;

/** A network as somebody brought it, run on one image at a time as its input wants it; nothing is certified with it. */
final class ForeignNetwork implements AutoCloseable {
    private static final int LARGEST_BYTE = 255;

    private final OrtSession session;
    private final InputForm form;
    private final String source;

    private ForeignNetwork(OrtSession session, InputForm form, String source) {
        this.session = session;
        this.form = form;
        this.source = source;
    }

    /**
     * Opens a network.
     *
     * @param model with one output
     * @throws InvalidDataException when ONNX Runtime cannot run it
     */
    static ForeignNetwork open(OnnxModel model, InputForm form, String source) {
        try {
            return new ForeignNetwork(OnnxEnvironment.openToCompare(model, OptLevel.EXTENDED_OPT), form, source);
        } catch (OrtException e) {
            throw new InvalidDataException(source + " cannot be opened by ONNX Runtime: " + e.getMessage(), e);
        }
    }

    /**
     * Runs the network on one image, repeated where it is bound to larger batches.
     *
     * @param prepared float32, C x H x W
     * @throws InvalidDataException when it does not run
     */
    Values run(float[] prepared) {
        float[] image = form.arranged(prepared);
        int batch = Math.toIntExact(batch());
        float[] all = new float[Math.multiplyExact(batch, image.length)];
        for (int place = 0; place < batch; place++) {
            System.arraycopy(image, 0, all, place * image.length, image.length);
        }
        try (OnnxTensor input = tensor(all);
                OrtSession.Result result = session.run(Map.of(form.name(), input))) {
            return values(result.get(0));
        } catch (OrtException e) {
            throw new InvalidDataException(
                    source + " does not run on images of " + form.image() + ": " + e.getMessage(), e);
        }
    }

    /** Images in a run. */
    long batch() {
        return Math.max(1, form.batch());
    }

    private OnnxTensor tensor(float[] values) throws OrtException {
        OrtEnvironment environment = OnnxEnvironment.environment();
        long[] shape = form.sizes().stream().mapToLong(Long::longValue).toArray();
        shape[0] = batch();
        return switch (form.type()) {
            case FLOAT -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
            case DOUBLE -> {
                double[] doubles = new double[values.length];
                Arrays.setAll(doubles, i -> values[i]);
                yield OnnxTensor.createTensor(environment, DoubleBuffer.wrap(doubles), shape);
            }
            case FLOAT16 -> {
                short[] halves = new short[values.length];
                for (int i = 0; i < values.length; i++) {
                    halves[i] = Fp16Conversions.floatToFp16(values[i]);
                }
                yield OnnxTensor.createTensor(environment, ShortBuffer.wrap(halves), shape, OnnxJavaType.FLOAT16);
            }
            case UINT8 -> {
                byte[] bytes = new byte[values.length];
                for (int i = 0; i < values.length; i++) {
                    bytes[i] = (byte) Math.rint(Math.max(0, Math.min(LARGEST_BYTE, values[i])));
                }
                yield OnnxTensor.createTensor(environment, ByteBuffer.wrap(bytes), shape, OnnxJavaType.UINT8);
            }
            default -> throw new IllegalStateException("an input of " + form.type());
        };
    }

    private Values values(OnnxValue value) throws OrtException {
        if (!(value instanceof OnnxTensor tensor)) {
            throw new InvalidDataException(
                    source + " gives a value that is no tensor: name the one with the scores with" + " --output NAME");
        }
        TensorInfo info = tensor.getInfo();
        List<Long> sizes = Arrays.stream(info.getShape()).boxed().toList();
        return switch (info.type) {
            case FLOAT -> new Values(DataType.FLOAT, sizes, floats(tensor.getFloatBuffer()));
            case FLOAT16 -> new Values(DataType.FLOAT16, sizes, floats(tensor.getFloatBuffer()));
            case DOUBLE -> {
                DoubleBuffer doubles = tensor.getDoubleBuffer();
                float[] floats = new float[doubles.remaining()];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = (float) doubles.get(i);
                }
                yield new Values(DataType.DOUBLE, sizes, floats);
            }
            default -> new Values(DataType.forNumber(info.onnxType.value), sizes, new float[0]);
        };
    }

    private static float[] floats(FloatBuffer buffer) {
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime did not close a session", e);
        }
    }

    /**
     * What a network gave for a batch.
     *
     * @param sizes the batch's first
     * @param values row-major; none where the type is neither FLOAT, FLOAT16 nor DOUBLE
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Values(DataType type, List<Long> sizes, float[] values) {
        /** The values of the first image of the batch. */
        float[] first() {
            return Arrays.copyOf(values, Math.toIntExact(values.length / sizes.get(0)));
        }
    }
}
