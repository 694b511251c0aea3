// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.inference;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.catrs.certifier.counts.ClassCounts;
import org.catrs.certifier.counts.ParallelCounter;
import org.catrs.certifier.noise.NoiseSampler;
import org.catrs.certifier.noise.Phase;
import org.catrs.certifier.noise.Seed;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/**
 * An image classifier in an ONNX file, run by ONNX Runtime on the CPU: one session, one calling thread per core, one
 * batch shape whose tail is padded. A sample votes for its largest logit, the lowest class of those that tie; a sample
 * with a logit that is not a number votes for no class.
 */
public final class OnnxClassifier implements BaseClassifier, AutoCloseable {
    private final Network network;
    private final int batch;
    private final int classes;
    private final EngineFacts engine;
    private final ParallelCounter counter;
    private final ConcurrentLinkedQueue<Lane> idleLanes = new ConcurrentLinkedQueue<>();

    private OnnxClassifier(Network network, Settings settings, int classes, InferenceOptions options) {
        this.network = network;
        this.batch = settings.batch();
        this.classes = classes;
        String version = Engine.environment().getVersion();
        this.engine = new EngineFacts(
                "cpu", options.precision().toString(), "onnxruntime", version + "+" + settings.levelName());
        this.counter = new ParallelCounter(options.threadsOrCores());
    }

    /**
     * Opens a classifier.
     *
     * @param onnx the whole ONNX file: one float32 input, batch x channels x height x width with values around [0, 1],
     *     and one float32 output, batch x classes
     * @param source names the file in messages
     * @throws InvalidDataException when it is anything else, or no fixed function of an image, with what was found
     */
    public static OnnxClassifier load(byte[] onnx, String source, InferenceOptions options) {
        Signature signature;
        try (Network network = Network.open(onnx, source, OptLevel.EXTENDED_OPT)) {
            signature = network.signature();
        }
        return load(onnx, source, options, Calibration.fastest(onnx, source, signature));
    }

    static OnnxClassifier load(byte[] onnx, String source, InferenceOptions options, Settings settings) {
        Network network = Network.open(onnx, source, settings.level());
        try {
            int classes = network.classes(settings.batch(), source);
            FixedFunction.require(network, settings.batch(), classes, options.threadsOrCores(), source);
            return new OnnxClassifier(network, settings, classes, options);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
    }

    @Override
    public ImageShape inputShape() {
        return network.signature().image();
    }

    @Override
    public int classes() {
        return classes;
    }

    /** What the network runs on. */
    public EngineFacts engine() {
        return engine;
    }

    /** The ONNX file's metadata_props. */
    public Map<String, String> metadata() {
        return network.metadata();
    }

    @Override
    public ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
        return counter.count(first, samples, batch, classes, () -> {
            NoiseSampler noise = NoiseSampler.of(parameters.noise(), parameters.sigma(), image, seed, phase);
            return new NoisyVoter(noise, takeLane(), idleLanes::add);
        });
    }

    private Lane takeLane() {
        Lane idle = idleLanes.poll();
        try {
            return idle != null ? idle : new Lane(network, batch, classes);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime took no buffers: " + e.getMessage(), e);
        }
    }

    /** Waits for the counts under way, then frees the network. */
    @Override
    public void close() {
        counter.close();
        idleLanes.forEach(Lane::close);
        network.close();
    }
}
