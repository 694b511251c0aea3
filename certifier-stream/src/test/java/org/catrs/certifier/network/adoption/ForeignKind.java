// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.catrs.certifier.network.session.OnnxEnvironment;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.jspecify.annotations.Nullable;

/**
 * A kind of network that people bring, with what its owner does to an image before it, and with its scores.
 *
 * @param type of the input
 * @param sizes of the input for one image
 * @param prepare what the owner's program makes of float32 pixels of 0 to 1, C x H x W, in the order of the input
 * @param scores number of the output with the scores
 * @param threshold above which a single score means the second class
 * @param denoiser what runs on the pixels first
 */
record ForeignKind(
        String name,
        OnnxModel model,
        AdoptionOptions options,
        DataType type,
        List<Long> sizes,
        UnaryOperator<float[]> prepare,
        int scores,
        float threshold,
        @Nullable OnnxModel denoiser) {
    private static final List<Long> PIXELS = List.of(1L, 3L, 8L, 8L);

    static ForeignKind of(String name, OnnxModel model) {
        return new ForeignKind(
                name, model, said(PixelPreparation.NONE), DataType.FLOAT, PIXELS, pixels -> pixels, 0, 0.5f, null);
    }

    static AdoptionOptions said(@Nullable PixelPreparation preparation) {
        return new AdoptionOptions(preparation, false, null, List.of(), null, null);
    }

    ForeignKind with(AdoptionOptions said) {
        return new ForeignKind(name, model, said, type, sizes, prepare, scores, threshold, denoiser);
    }

    ForeignKind takes(DataType of, List<Long> shape) {
        return new ForeignKind(name, model, options, of, shape, prepare, scores, threshold, denoiser);
    }

    ForeignKind after(UnaryOperator<float[]> preparation) {
        return new ForeignKind(name, model, options, type, sizes, preparation, scores, threshold, denoiser);
    }

    ForeignKind gives(int output, float above) {
        return new ForeignKind(name, model, options, type, sizes, prepare, output, above, denoiser);
    }

    ForeignKind behind(OnnxModel first) {
        return new ForeignKind(name, model, options, type, sizes, prepare, scores, threshold, first);
    }

    /** Each value through a function. */
    static UnaryOperator<float[]> each(UnaryOperator<Float> function) {
        return pixels -> {
            float[] changed = new float[pixels.length];
            IntStream.range(0, pixels.length).forEach(i -> changed[i] = function.apply(pixels[i]));
            return changed;
        };
    }

    static UnaryOperator<float[]> normalized(float scale, float[] means, float[] deviations) {
        return pixels -> {
            int plane = pixels.length / 3;
            float[] changed = new float[pixels.length];
            IntStream.range(0, pixels.length).forEach(i -> {
                changed[i] = (pixels[i] * scale - means[i / plane]) / deviations[i / plane];
            });
            return changed;
        };
    }

    static float[] channelsLast(float[] pixels) {
        int plane = pixels.length / 3;
        float[] changed = new float[pixels.length];
        IntStream.range(0, pixels.length).forEach(i -> changed[i % plane * 3 + i / plane] = pixels[i]);
        return changed;
    }

    /** The labels that the network itself gives images, by ONNX Runtime alone. */
    List<Integer> labels(List<float[]> images) throws OrtException {
        OrtEnvironment environment = OnnxEnvironment.environment();
        try (OrtSession session = environment.createSession(model.toByteArray());
                OrtSession first = denoiser == null ? null : environment.createSession(denoiser.toByteArray())) {
            List<Integer> labels = new ArrayList<>();
            for (float[] pixels : images) {
                labels.add(label(session, first == null ? pixels : denoised(first, pixels)));
            }
            return labels;
        }
    }

    private static float[] denoised(OrtSession denoiser, float[] pixels) throws OrtException {
        long[] shape = {1, 3, ForeignGraph.SIDE, ForeignGraph.SIDE};
        try (OnnxTensor input =
                        OnnxTensor.createTensor(OnnxEnvironment.environment(), FloatBuffer.wrap(pixels), shape);
                OrtSession.Result result =
                        denoiser.run(Map.of(denoiser.getInputNames().iterator().next(), input))) {
            return floats(result.get(0));
        }
    }

    private int label(OrtSession session, float[] pixels) throws OrtException {
        float[] prepared = prepare.apply(pixels);
        long[] shape = sizes.stream().mapToLong(Long::longValue).toArray();
        int batch = (int) shape[0];
        float[] all = new float[batch * prepared.length];
        IntStream.range(0, batch)
                .forEach(i -> System.arraycopy(prepared, 0, all, i * prepared.length, prepared.length));
        try (OnnxTensor input = tensor(all, shape);
                OrtSession.Result result =
                        session.run(Map.of(session.getInputNames().iterator().next(), input))) {
            float[] found = floats(result.get(scores));
            int classes = found.length / batch;
            if (classes == 1) {
                return found[0] > threshold ? 1 : 0;
            }
            return IntStream.range(0, classes).boxed().reduce(0, (top, i) -> found[i] > found[top] ? i : top);
        }
    }

    private static float[] floats(OnnxValue value) throws OrtException {
        if (value instanceof OnnxSequence maps) {
            Map<?, ?> map = ((OnnxMap) maps.getValue().get(0)).getValue();
            float[] floats = new float[map.size()];
            map.forEach((label, probability) -> floats[((Long) label).intValue()] = (Float) probability);
            return floats;
        }
        OnnxTensor tensor = (OnnxTensor) value;
        if (tensor.getInfo().type == OnnxJavaType.DOUBLE) {
            DoubleBuffer doubles = tensor.getDoubleBuffer();
            float[] floats = new float[doubles.remaining()];
            IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) doubles.get(i));
            return floats;
        }
        FloatBuffer buffer = tensor.getFloatBuffer();
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    private OnnxTensor tensor(float[] values, long[] shape) throws OrtException {
        OrtEnvironment environment = OnnxEnvironment.environment();
        return switch (type) {
            case UINT8 -> {
                ByteBuffer bytes = ByteBuffer.allocateDirect(values.length);
                IntStream.range(0, values.length).forEach(i -> bytes.put(i, (byte) (int) values[i]));
                yield OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.UINT8);
            }
            case FLOAT16 -> {
                ShortBuffer halves = ByteBuffer.allocateDirect(2 * values.length)
                        .order(ByteOrder.nativeOrder())
                        .asShortBuffer();
                IntStream.range(0, values.length).forEach(i -> halves.put(i, Fp16Conversions.floatToFp16(values[i])));
                yield OnnxTensor.createTensor(environment, halves, shape, OnnxJavaType.FLOAT16);
            }
            case DOUBLE -> {
                double[] doubles = new double[values.length];
                IntStream.range(0, values.length).forEach(i -> doubles[i] = values[i]);
                yield OnnxTensor.createTensor(environment, DoubleBuffer.wrap(doubles), shape);
            }
            default -> OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
