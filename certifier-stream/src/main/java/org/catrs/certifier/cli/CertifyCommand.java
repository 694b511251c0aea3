// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catrs.certifier.audit.CertificateFile;
import org.catrs.certifier.cli.options.CertificationChoice;
import org.catrs.certifier.evaluation.picture.CertificatePicture;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.Evidence;
import org.catrs.certifier.smoothing.Prediction;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.bound.OtherNorms;
import org.catrs.certifier.smoothing.bound.RoundedDown;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.outcome.Occasion;
import org.catrs.certifier.stream.seed.DrawnSeed;
import org.catrs.certifier.stream.seed.NoisePolicy;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.program.terminal.Progress;
import org.catrs.program.terminal.TerminalText;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageFiles;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.signature.VerificationKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Certifies image files. */
@Command(
        name = "certify",
        description =
                "Certifies image files: prints for each its label and the L2 radius (in units of pixels scaled to "
                        + "[0, 1]) inside which no perturbation changes it, or that it abstains.",
        sortOptions = false,
        modelTransformer = CertificationChoice.Options.class,
        mixinStandardHelpOptions = true)
public final class CertifyCommand implements Callable<Integer> {
    private static final int PLACES = 4;
    private static final int LINF_PLACES = 6;

    /** What shells say of a program that SIGPIPE ended. */
    private static final int READER_ENDED = 128 + 13;

    @Parameters(
            arity = "0..*",
            paramLabel = "IMAGE",
            description = "PNG or JPEG files of the model's image size, or folders of them")
    private List<Path> named = List.of();

    @Option(
            names = "--list",
            paramLabel = "F|-",
            description = "file with the path of an image or folder on each line; - reads standard input")
    private @Nullable Path list;

    @Option(
            names = "--picture",
            paramLabel = "OUT.png",
            description = "draw the image, noisy copies of it, and the worst image of exactly the certified size that a"
                    + " quick search finds; of one image. It costs some 6,000 samples more")
    private @Nullable Path picture;

    @Option(
            names = "--resume",
            paramLabel = "F.jsonl",
            description =
                    "go on with the certificates of plan deadline that 'certify --json' or 'watch --json' printed, "
                            + "with their own seed, sigma, alpha and n0, up to N samples or the --deadline; the earlier"
                            + " samples are drawn again, unless one of the --keys signed them")
    private @Nullable Path earlier;

    @Option(
            names = "--keys",
            paramLabel = "F.pem|DIR",
            description =
                    "public keys whose signatures on the certificates of --resume are believed; may be given several"
                            + " times")
    private List<Path> keys = List.of();

    @Option(
            names = "--noise-key",
            paramLabel = "F.pem",
            description =
                    "private key that forces the seed of each image's noise, as 'keys new' makes it; seeds are of chance"
                            + " without one, and nothing shows that they were not chosen")
    private @Nullable Path noiseKey;

    @Option(
            names = "--predict",
            description =
                    "print the label without a radius: the class with most of N votes, if a two-sided binomial test"
                            + " at level ALPHA tells it from the second (PREDICT of Cohen et al.)")
    private boolean predict;

    @Option(names = "--json", description = "print each certificate, or prediction, whole, as a line of JSON")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        CertificationChoice certification = CertificationChoice.of(spec);
        if (predict) {
            refuseWhatPredictionsLack();
        }
        List<Path> files = ImagePaths.of(named, list);
        requireImages(files.size());
        SeedSource seeds = SeedSource.of(noiseKey);
        if (noiseKey != null) {
            SigningKey.exposure(noiseKey)
                    .ifPresent(warning -> spec.commandLine().getErr().println("warning: " + warning));
        }
        try (OpenModel model = certification.openModel()) {
            SmoothingParameters parameters = certification.parameters(model);
            SmoothedClassifier smoothed = new SmoothedClassifier(model.classifier(), parameters);
            if (predict) {
                PredictionLines lines = new PredictionLines(model, parameters);
                return answerEach(files, file -> predict(file, model, smoothed, lines));
            }
            SamplingPlan plan = certification.plan(model);
            forecast(model, parameters, plan, files.size());
            EarlierCertificates resumed = resumed(plan, parameters.n(), seeds);
            NoisePolicy policy = CertifiedPredictions.by(model).policy(parameters, plan.kind());
            return answerEach(
                    files, file -> certify(file, model, smoothed, plan, image -> seeds.draw(image, policy), resumed));
        }
    }

    private void refuseWhatPredictionsLack() {
        List<String> given = Stream.of(
                        "--resume",
                        "--keys",
                        "--picture",
                        "--noise-key",
                        "--n0",
                        "--plan",
                        "--target-radius",
                        "--radius-fraction",
                        "--deadline")
                .filter(spec.commandLine().getParseResult()::hasMatchedOption)
                .toList();
        if (!given.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    String.join(", ", given) + " cannot go with --predict: it draws n samples, and has no radius");
        }
    }

    private void requireImages(int count) {
        if (count == 0) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required parameter: 'IMAGE', or --list with the paths of images");
        }
        if (picture != null && count > 1) {
            throw new ParameterException(spec.commandLine(), "--picture is of one image, found " + count);
        }
    }

    /** Says beforehand what will take long, and what cannot be. */
    private void forecast(OpenModel model, SmoothingParameters parameters, SamplingPlan plan, int images) {
        PrintWriter err = spec.commandLine().getErr();
        Double target = plan.targetRadius();
        if (target != null) {
            AbstentionReason.ofTarget(target, parameters).ifPresent(reason -> err.println("warning: " + reason));
        }
        TimeForecast.of(model, parameters, plan, images).ifPresent(err::println);
        err.flush();
    }

    /**
     * Prints a line for each file; one that cannot be used does not keep the others from being answered. Where nobody
     * reads the lines any more, no more are made.
     */
    private int answerEach(List<Path> files, Function<Path, String> answer) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        int refused = 0;
        // On a terminal the lines themselves show how far it is.
        boolean hidden = files.size() == 1 || TerminalText.isShown();
        try (Progress progress = hidden ? null : Progress.start("certify", "images", files.size())) {
            for (int done = 0; done < files.size(); done++) {
                try {
                    out.println(answer.apply(files.get(done)));
                } catch (InvalidDataException exception) {
                    err.println("error: " + exception.getMessage());
                    err.flush();
                    refused++;
                }
                if (out.checkError()) {
                    return READER_ENDED;
                }
                if (progress != null) {
                    progress.update(done + 1L, refused == 0 ? "" : refused + " cannot be used");
                }
            }
        }
        return refused == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private String predict(Path file, OpenModel model, SmoothedClassifier smoothed, PredictionLines lines) {
        ImageTensor image = ImageFiles.read(file, model.inputShape(), ImageLimits.DEFAULT);
        Seed seed = Seed.random();
        Prediction prediction = smoothed.predict(image, seed);
        return json ? lines.json(file, prediction, seed) : file + "  " + lines.text(prediction);
    }

    private @Nullable EarlierCertificates resumed(SamplingPlan plan, long n, SeedSource seeds) {
        if (earlier == null) {
            return null;
        }
        if (!(plan instanceof SamplingPlan.Deadline)) {
            throw new ParameterException(
                    spec.commandLine(), "--resume goes with --plan deadline: no other plan's bound holds at any time");
        }
        return new EarlierCertificates(
                earlier, n, keys.isEmpty() ? VerificationKeys.none() : VerificationKeys.read(keys), seeds);
    }

    private String certify(
            Path file,
            OpenModel model,
            SmoothedClassifier smoothed,
            SamplingPlan plan,
            Function<ImageTensor, DrawnSeed> seeds,
            @Nullable EarlierCertificates resumed) {
        ImageTensor image = ImageFiles.read(file, model.inputShape(), ImageLimits.DEFAULT);
        long start = System.nanoTime();
        SeededCertificate answer = resumed != null && plan instanceof SamplingPlan.Deadline deadline
                ? resume(file, resumed, image, model, deadline)
                : certify(image, smoothed, plan, seeds.apply(image));
        double seconds = (System.nanoTime() - start) / 1e9;
        if (picture != null) {
            draw(picture, image, answer.certificate(), model);
        }
        return json
                ? json(
                        file,
                        CertifiedPredictions.of(
                                answer.certificate(), model, image, answer.proof(), Occasion.now(null, seconds, null)),
                        image.shape().size())
                : file + "  " + describe(answer.certificate(), model.classNames())
                        + explain(answer.certificate(), model);
    }

    private static void draw(Path file, ImageTensor image, Certificate certificate, OpenModel model) {
        List<String> labels = IntStream.range(0, model.classNames().size())
                .mapToObj(label -> ClassLabel.of(label, model.classNames()))
                .toList();
        new CertificatePicture(image, certificate, labels, model.classifier()).write(file);
    }

    /** What follows from a radius, or what an abstention means. */
    private static String explain(Certificate certificate, OpenModel model) {
        if (certificate instanceof Certificate.Certified certified) {
            OtherNorms norms =
                    OtherNorms.of(certified.radius(), model.inputShape().size());
            return "  L-infinity " + RoundedDown.format(norms.linf(), LINF_PLACES);
        }
        return AbstentionReason.of(certificate.evidence(), model.trainedSigma())
                .map(reason -> ": " + reason)
                .orElse("");
    }

    private static SeededCertificate certify(
            ImageTensor image, SmoothedClassifier smoothed, SamplingPlan plan, DrawnSeed seed) {
        return new SeededCertificate(smoothed.certify(image, seed.seed(), plan, StopCondition.NEVER), seed.proof());
    }

    private SeededCertificate resume(
            Path file, EarlierCertificates resumed, ImageTensor image, OpenModel model, SamplingPlan.Deadline plan) {
        try {
            return resumed.resume(image, model, plan);
        } catch (InvalidDataException e) {
            throw new InvalidDataException(file + ": " + e.getMessage(), e);
        }
    }

    private static String json(Path file, CertifiedPrediction prediction, int values) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("file", file.toString());
        line.setAll((ObjectNode) JsonRecords.toTree(prediction));
        if (prediction.radius() > 0) {
            OtherNorms norms = OtherNorms.of(prediction.radius(), values);
            line.putObject(CertificateFile.OTHER_NORMS).put("l1", norms.l1()).put("linf", norms.linf());
        }
        return line.toString();
    }

    static String describe(Certificate certificate, List<String> classNames) {
        if (certificate instanceof Certificate.Certified certified) {
            return ClassLabel.of(certified.label(), classNames) + "  radius "
                    + RoundedDown.format(certified.radius(), PLACES);
        }
        Evidence evidence = certificate.evidence();
        return "abstained (the probability of " + ClassLabel.of(evidence.candidate(), classNames)
                + " is only shown to be above " + RoundedDown.format(evidence.probabilityLowerBound(), PLACES)
                + "; it must be above 0.5)";
    }
}
