// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.catrs.certifier.network.model.ModelOptions;
import org.catrs.certifier.network.model.ServedModel;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Optimization;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of all commands that certify: which model, and how. Mixed into a picocli command. */
public final class CertificationOptions {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR|F.onnx|NAME",
            description =
                    "a trained model's folder, or the name of one that comes with catrs, such as mnist-0.50, or any ONNX image classifier (needs --sigma): one float32 input of "
                            + "batch x channels x height x width in [0, 1], one output of batch x classes logits")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path model;

    @Option(
            names = "--sigma",
            paramLabel = "S",
            description = "standard deviation of the noise, in units of pixels scaled to [0, 1] (default: what the "
                    + "model was trained at)")
    private @Nullable Double sigma;

    @Option(
            names = "--n0",
            paramLabel = "N0",
            defaultValue = "" + SmoothingParameters.DEFAULT_N0,
            description = "noise samples that choose the class (default: ${DEFAULT-VALUE})")
    private long n0;

    @Option(
            names = {"--n", "-n"},
            paramLabel = "N",
            defaultValue = "" + SmoothingParameters.DEFAULT_N,
            description = "noise samples that bound its probability, at most where the plan is not fixed (default: "
                    + "${DEFAULT-VALUE})")
    private long n;

    @Option(
            names = "--alpha",
            paramLabel = "A",
            defaultValue = "" + SmoothingParameters.DEFAULT_ALPHA,
            description = "probability that a certificate is wrong, at most (default: ${DEFAULT-VALUE})")
    private double alpha;

    @Option(
            names = "--noise",
            paramLabel = "KIND",
            defaultValue = "discrete",
            description = "discrete: exact, on the grid of 8-bit pixels; gaussian: floating-point, for comparison with "
                    + "the literature (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private NoiseKind noise;

    @Option(
            names = "--precision",
            paramLabel = "PRECISION",
            description =
                    "arithmetic of the network: ${COMPLETION-CANDIDATES}; int8 makes a quantised network of the model "
                            + "at its first use (default: that of the model's file)")
    private @Nullable Precision precision;

    @Option(
            names = "--provider",
            paramLabel = "PROVIDER",
            defaultValue = "auto",
            converter = ProviderConverter.class,
            description =
                    "what runs the network: cpu; cuda, which is device 0, cuda:0,1 or cuda:all; or auto, which is "
                            + "cuda if the network really runs there, else cpu (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ExecutionProvider provider;

    @Option(
            names = "--onnxruntime-natives",
            paramLabel = "DIR",
            description = "folder of ONNX Runtime's libraries, such as those of onnxruntime_gpu, unpacked (default: "
                    + "those of the class path)")
    private @Nullable Path natives;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "the model's name in certificates (default: the manifest's, or the file's)")
    private @Nullable String name;

    @Option(
            names = "--classes",
            paramLabel = "FILE|a,b,c",
            description =
                    "names of the classes in the order of the logits: a text file of one name per line, or a list "
                            + "(default: the manifest's, or numbers)")
    private @Nullable String classes;

    @Option(
            names = "--threads",
            paramLabel = "T",
            defaultValue = "0",
            description = "threads that run the network; 0 is as many as is fastest (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--optimization",
            paramLabel = "LEVEL",
            description =
                    "how far the engine rewrites the network: ${COMPLETION-CANDIDATES} (default: " + "what is fastest)")
    private @Nullable Optimization optimization;

    @Option(
            names = "--batch",
            paramLabel = "B",
            defaultValue = "0",
            description = "noisy images in a run; 0 is as many as is fastest (default: ${DEFAULT-VALUE})")
    private int batch;

    @Mixin
    private PlanOptions plan = new PlanOptions();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    /**
     * Opens the model.
     *
     * @throws InvalidDataException when it cannot be used
     * @throws ParameterException when an option is out of its range
     */
    public ServedModel openModel() {
        double anySigma = sigma == null ? 1 : sigma;
        parameters(anySigma); // opening a model takes seconds, so that wrong options are better found before
        plan.request();
        return ServedModel.open(model, modelOptions());
    }

    /** How to certify with a model that {@link #openModel()} gave. */
    public SmoothingParameters parameters(ServedModel opened) {
        return parameters(opened.sigma());
    }

    /** How samples are spent: as the options say, or the model's manifest where they say nothing. */
    public SamplingPlan plan(ServedModel opened) {
        return plan.plan(opened.plan().request());
    }

    private SmoothingParameters parameters(double sigmaOfNoise) {
        try {
            return new SmoothingParameters(sigmaOfNoise, alpha, n0, n, noise);
        } catch (InvalidDataException exception) {
            throw new ParameterException(command.commandLine(), exception.getMessage(), exception);
        }
    }

    private ModelOptions modelOptions() {
        List<String> classNames = classNames();
        try {
            return new ModelOptions(
                    sigma,
                    name,
                    classNames,
                    new InferenceOptions(threads, precision, provider, natives, new Tuning(optimization, batch)));
        } catch (InvalidDataException exception) {
            throw new ParameterException(command.commandLine(), exception.getMessage(), exception);
        }
    }

    /** Reads the provider, so that a wrong one is wrong usage. */
    static final class ProviderConverter implements ITypeConverter<ExecutionProvider> {
        @Override
        public ExecutionProvider convert(String value) {
            try {
                return ExecutionProvider.parse(value);
            } catch (InvalidDataException exception) {
                throw new TypeConversionException(exception.getMessage());
            }
        }
    }

    private List<String> classNames() {
        if (classes == null) {
            return List.of();
        }
        try {
            Path file = Path.of(classes);
            return Files.isRegularFile(file) ? Files.readAllLines(file) : List.of(classes.split(",", -1));
        } catch (IOException | InvalidPathException exception) {
            throw new InvalidDataException("the class names " + classes + " cannot be read: " + exception, exception);
        }
    }
}
