// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.conversion;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.network.conversion.int8.FloatNetwork;
import org.catrs.certifier.network.conversion.int8.ValueRange;
import org.catrs.certifier.network.session.OnnxEnvironment;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.proto.GraphProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;

/** Measures in which ranges a network's values lie, on noisy images. The same arguments give the same ranges. */
final class ActivationRanges {
    private static final int NOISY_IMAGES = 1024;
    private static final int BATCH = 16;
    /** Known to everybody: nothing that a certificate rests on depends on it. */
    private static final Seed SEED = new Seed(0, 0);

    private ActivationRanges() {}

    /**
     * Measures.
     *
     * @param images at least one, of the network's shape
     * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
     * @throws InvalidDataException when the network does not run
     */
    static Map<String, ValueRange> measure(
            OnnxModel model, FloatNetwork network, List<ImageTensor> images, double sigma, String source) {
        Map<String, ValueSamples> samples = new LinkedHashMap<>();
        network.measured().forEach(name -> samples.put(name, new ValueSamples(NOISY_IMAGES)));
        try (OrtSession session = OnnxSession.session(exposing(model, network).toByteArray())) {
            int copies = Math.max(1, NOISY_IMAGES / images.size());
            for (int i = 0; i < Math.min(images.size(), NOISY_IMAGES); i++) {
                NoiseSampler noise = NoiseSampler.of(NoiseKind.DISCRETE, sigma, images.get(i), SEED, Phase.SELECTION);
                for (int first = 0; first < copies; first += BATCH) {
                    FloatBuffer noisy =
                            draw(noise, (long) i * copies + first, Math.min(BATCH, copies - first), network);
                    run(session, noisy, network, samples);
                }
            }
        } catch (OrtException e) {
            throw new InvalidDataException(source + " does not run: " + e.getMessage(), e);
        }
        Map<String, ValueRange> ranges = new HashMap<>();
        samples.forEach((name, sample) -> ranges.put(name, sample.range(name, source)));
        return ranges;
    }

    /** The model with the measured values among its outputs. */
    private static OnnxModel exposing(OnnxModel model, FloatNetwork network) {
        GraphProto.Builder graph = model.proto().getGraph().toBuilder();
        for (String name : network.measured()) {
            if (!name.equals(network.imageName())) {
                graph.addOutput(ValueInfoProto.newBuilder().setName(name));
            }
        }
        return new OnnxModel(model.proto().toBuilder().setGraph(graph).build());
    }

    private static FloatBuffer draw(NoiseSampler noise, long first, int count, FloatNetwork network) {
        int size = network.image().size();
        float[] noisy = new float[count * size];
        for (int i = 0; i < count; i++) {
            noise.draw(first + i, noisy, i * size);
        }
        return FloatBuffer.wrap(noisy);
    }

    private static void run(
            OrtSession session, FloatBuffer noisy, FloatNetwork network, Map<String, ValueSamples> samples)
            throws OrtException {
        long[] shape = {
            noisy.limit() / network.image().size(),
            network.image().channels(),
            network.image().height(),
            network.image().width()
        };
        try (OnnxTensor input = OnnxTensor.createTensor(OnnxEnvironment.environment(), noisy, shape);
                OrtSession.Result result = session.run(
                        Map.of(network.imageName(), input),
                        samples.keySet().stream()
                                .filter(name -> !name.equals(network.imageName()))
                                .collect(java.util.stream.Collectors.toSet()))) {
            for (Map.Entry<String, ValueSamples> sample : samples.entrySet()) {
                FloatBuffer values = sample.getKey().equals(network.imageName())
                        ? noisy
                        : ((OnnxTensor) result.get(sample.getKey()).orElseThrow()).getFloatBuffer();
                sample.getValue().add(values, Math.toIntExact(shape[0]));
            }
        }
    }
}
