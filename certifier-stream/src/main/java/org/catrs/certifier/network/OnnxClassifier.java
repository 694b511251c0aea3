// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.ArrayList;
import java.util.List;
import org.catrs.certifier.network.batches.BatchSharing;
import org.catrs.certifier.network.cpu.Autotuner;
import org.catrs.certifier.network.cpu.CpuRun;
import org.catrs.certifier.network.cpu.CpuVoteCounter;
import org.catrs.certifier.network.cuda.CudaDevices;
import org.catrs.certifier.network.cuda.DeviceNetwork;
import org.catrs.certifier.network.cuda.DeviceVoteCounter;
import org.catrs.certifier.network.independence.Independence;
import org.catrs.certifier.network.options.Assurance;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.session.Device;
import org.catrs.certifier.network.session.FixedFunction;
import org.catrs.certifier.network.session.NativeLibraries;
import org.catrs.certifier.network.session.NetworkFile;
import org.catrs.certifier.network.session.NetworkSignature;
import org.catrs.certifier.network.session.OnnxEnvironment;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.certifier.network.session.SizedFunction;
import org.catrs.certifier.network.session.TrialImages;
import org.catrs.certifier.network.session.VoteCounter;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.catrs.certifier.smoothing.counts.BatchWait;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.onnx.OnnxModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An image classifier in an ONNX file, run by ONNX Runtime on the CPU or on CUDA devices, with one batch shape
 * whose tail is padded. A sample votes for its largest logit, the lowest class of those that tie; a sample with a logit
 * that is not a number votes for no class.
 */
public final class OnnxClassifier implements BaseClassifier, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxClassifier.class);

    private final ImageShape inputShape;
    private final int classes;
    private final CertifiedPrediction.Engine engine;
    private final CertifiedPrediction.Independence independence;
    private final VoteCounter votes;
    private final ImageTrial trial;

    private OnnxClassifier(
            ImageShape inputShape,
            int classes,
            CertifiedPrediction.Engine engine,
            CertifiedPrediction.Independence independence,
            VoteCounter votes,
            ImageTrial trial) {
        this.inputShape = inputShape;
        this.classes = classes;
        this.engine = engine;
        this.independence = independence;
        this.votes = votes;
        this.trial = trial;
    }

    /**
     * Opens a classifier.
     *
     * @param onnx the whole ONNX file: one float32 input, batch x channels x height x width with values around [0, 1],
     *     and one float32 output, batch x classes
     * @param source names the file in messages
     * @throws InvalidDataException when it is anything else, or no fixed function of an image, or does not run on the
     *     provider that is asked for, with what was found
     */
    public static OnnxClassifier load(byte[] onnx, String source, InferenceOptions options) {
        NativeLibraries.use(options.natives());
        ExecutionProvider provider = options.provider();
        boolean quantized = options.precision() == Precision.INT8;
        if (quantized && provider.kind() == ExecutionProvider.Kind.CUDA) {
            throw new InvalidDataException("int8 runs on the CPU alone: choose --precision fp16 or fp32 for the"
                    + " provider cuda, or --provider cpu for int8");
        }
        if (!quantized && provider.kind() != ExecutionProvider.Kind.CPU) {
            try {
                return onCuda(onnx, source, options);
            } catch (ProviderException e) {
                if (provider.kind() == ExecutionProvider.Kind.CUDA || options.precision() == Precision.FP16) {
                    throw new InvalidDataException(e.reason(), e);
                }
                LOG.info("{} runs on the cpu, since {}", source, e.reason());
            }
        }
        return onCpu(onnx, source, options);
    }

    private static OnnxClassifier onCpu(byte[] onnx, String source, InferenceOptions options) {
        if (options.precision() == Precision.FP16) {
            throw new InvalidDataException("fp16 needs the provider cuda: on the CPU, ONNX Runtime would compute in"
                    + " fp32 and round in between, which is slower than fp32 and another function than on a GPU; choose"
                    + " --precision fp32 or --provider cuda");
        }
        NetworkSignature signature;
        try (OnnxSession network = OnnxSession.open(onnx, source, OptLevel.EXTENDED_OPT)) {
            signature = network.signature();
        }
        NetworkFile file = NetworkFile.of(onnx, source);
        file.requirePrecision(options.precision());
        return load(file, Autotuner.fastest(file, signature, options), options.independence());
    }

    static OnnxClassifier load(NetworkFile file, CpuRun settings, Assurance needed) {
        try (CloseOnFailure opened = new CloseOnFailure()) {
            OnnxSession network = opened.add(file.open(settings.level()));
            int classes = network.classes(settings.batch(), file.source());
            CertifiedPrediction.Independence independence =
                    independence(file.onnx(), settings.batch(), file.source(), needed);
            ImageShape shape = network.signature().image();
            List<Integer> batches = batches(network, file, settings, classes, independence);
            SizedFunction function = function(network, batches, settings.threads(), classes, file.source());
            OnnxClassifier classifier = new OnnxClassifier(
                    shape,
                    classes,
                    engine(new Device.Cpu(), file.precision(), settings.level()),
                    independence,
                    new CpuVoteCounter(network, batches, settings.threads(), classes, sharing(independence)),
                    new ImageTrial(function::require));
            opened.succeeded();
            return classifier;
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime took no buffers: " + e.getMessage(), e);
        }
    }

    /**
     * The sizes of batches that a network runs in, the largest first: smaller ones where it is shown to keep images apart
     * there, too, and gives a noisy image the same logits, to the last bit.
     *
     * @throws InvalidDataException when it is no fixed function of an image in the largest
     */
    private static List<Integer> batches(
            OnnxSession network,
            NetworkFile file,
            CpuRun settings,
            int classes,
            CertifiedPrediction.Independence independence) {
        TrialImages grey = TrialImages.grey(network.signature().image());
        List<Integer> batches = new ArrayList<>(List.of(settings.batch()));
        function(network, batches, settings.threads(), classes, file.source()).require(grey);
        if (network.signature().fixedBatch() > 0 || sharing(independence) == BatchSharing.NONE) {
            return batches;
        }
        OnnxModel model = OnnxModel.parse(file.onnx(), file.source());
        List<Integer> smaller = settings.smallerBatches();
        batches.addAll(smaller);
        try {
            smaller.forEach(batch -> Independence.of(model, batch).require(file.source()));
            function(network, batches, settings.threads(), classes, file.source())
                    .require(grey);
            return batches;
        } catch (InvalidDataException e) {
            LOG.debug("{} runs in batches of {} alone", file.source(), settings.batch(), e);
            return List.of(settings.batch());
        }
    }

    private static SizedFunction function(
            OnnxSession network, List<Integer> batches, int threads, int classes, String source) {
        return new SizedFunction(
                batches.stream()
                        .map(batch -> FixedFunction.of(network, batch, classes, threads, source))
                        .toList(),
                source);
    }

    /** The graph is shown to keep the images of a batch apart, before kernels are tried. */
    private static CertifiedPrediction.Independence independence(
            byte[] onnx, int batch, String source, Assurance needed) {
        Independence found = Independence.of(OnnxModel.parse(onnx, source), batch);
        if (needed == Assurance.TRIED && found instanceof Independence.Refused refused) {
            LOG.warn(
                    "{}. It is tried out on some images alone, as --independence tried asks, and each certificate says"
                            + " TRIED",
                    refused.finding(source));
            return CertifiedPrediction.Independence.TRIED;
        }
        found.require(source);
        return CertifiedPrediction.Independence.PROVED;
    }

    /** Images whose independence was not shown must not meet in a batch. */
    private static BatchSharing sharing(CertifiedPrediction.Independence independence) {
        return switch (independence) {
            case PROVED -> BatchSharing.AMONG_REQUESTS;
            case TRIED -> BatchSharing.NONE;
        };
    }

    private static OnnxClassifier onCuda(byte[] onnx, String source, InferenceOptions options)
            throws ProviderException {
        CudaDevices.requireProvider(options.provider());
        DeviceNetwork network = DeviceNetwork.of(onnx, source, options.tuning());
        return on(CudaDevices.of(options.provider(), network), network, options);
    }

    /** Opens a classifier on devices of one kind. */
    static OnnxClassifier on(List<? extends Device> devices, DeviceNetwork network, InferenceOptions options)
            throws ProviderException {
        CertifiedPrediction.Independence independence =
                independence(network.onnx(), network.batch(), network.source(), options.independence());
        DeviceVoteCounter votes =
                DeviceVoteCounter.open(devices, network, options.threadsOrCores(), sharing(independence));
        LOG.info("{} runs on {} in batches of {}", network.source(), devices, network.batch());
        return new OnnxClassifier(
                network.signature().image(),
                network.classes(),
                engine(
                        devices.get(0),
                        options.precision() == Precision.FP16 ? Precision.FP16 : Precision.FP32,
                        network.level()),
                independence,
                votes,
                new ImageTrial(votes::requireFixedFunction));
    }

    private static CertifiedPrediction.Engine engine(Device device, Precision precision, OptLevel level) {
        String version = OnnxEnvironment.environment().getVersion() + "+" + CpuRun.levelName(level);
        return new CertifiedPrediction.Engine(
                device.provider(), precision.toString(), "onnxruntime", version, device.instructions());
    }

    /**
     * Tries the network out on images that are known when it is opened. Without this, it is tried out on the first images
     * whose votes are asked for.
     *
     * @param images of the shape {@link #inputShape()}
     * @throws InvalidDataException when it is no fixed function of them
     */
    public void tryOut(TrialImages images) {
        trial.on(images);
    }

    @Override
    public ImageShape inputShape() {
        return inputShape;
    }

    @Override
    public int classes() {
        return classes;
    }

    /**
     * What the network runs on. The engine's version has the level of its graph optimisation as build metadata, such as
     * {@code 1.29.0+extended}: where both are the same, a machine repeats logits to the last bit.
     */
    public CertifiedPrediction.Engine engine() {
        return engine;
    }

    /** How it is known that the network treats each image of a batch by itself. */
    public CertifiedPrediction.Independence independence() {
        return independence;
    }

    @Override
    public ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
        return countAll(image, parameters, seed, List.of(new SampleRange(phase, first, samples)), Urgency.NONE)
                .get(0);
    }

    /** @throws InvalidDataException when the network is found to be no fixed function; then always, whatever the image */
    @Override
    public List<ClassCounts> countAll(
            ImageTensor image, SmoothingParameters parameters, Seed seed, List<SampleRange> ranges, Urgency urgency) {
        trial.beforeVotes(image, parameters.sigma());
        return votes.count(image, parameters, seed, ranges, urgency);
    }

    @Override
    public BatchFill batchFill() {
        return votes.fill();
    }

    @Override
    public BatchWait batchWait() {
        return votes.waited();
    }

    /** Waits for the counts under way, then frees the network. */
    @Override
    public void close() {
        trial.close();
        votes.close();
    }
}
