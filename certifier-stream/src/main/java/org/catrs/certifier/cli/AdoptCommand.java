// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.certifier.cli.options.ExampleImages;
import org.catrs.certifier.network.adoption.AdoptedNetwork;
import org.catrs.certifier.network.adoption.Adoption;
import org.catrs.certifier.network.adoption.AdoptionOptions;
import org.catrs.certifier.network.adoption.ImageLayout;
import org.catrs.certifier.network.adoption.LabelComparison;
import org.catrs.certifier.network.adoption.PixelPreparation;
import org.catrs.certifier.network.model.AdoptedModel;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.DatasetKind;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.model.ClassNames;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a model of a network that came from elsewhere. */
@Command(
        name = "adopt",
        description = "Makes a model of a classifier that was trained elsewhere: takes its ONNX file, puts before and"
                + " behind it what its images and scores have to go through, and writes a folder that certify, serve,"
                + " evaluate and quantize take as --model. Says what it did.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class AdoptCommand implements Runnable {
    /** Below this share of equal labels, something else than rounding is different. */
    private static final double ROUNDING_ALONE = 0.99;

    @Parameters(paramLabel = "THEIRS.onnx", description = "the network")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path theirs;

    @Option(names = "--out", required = true, paramLabel = "MODEL", description = "folder of the model that is made")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path out;

    @Option(
            names = "--sigma",
            paramLabel = "S",
            description =
                    "standard deviation of the noise that it was trained under, and is certified with, in units of"
                            + " pixels scaled to [0, 1] (default: left open; then certify and serve need --sigma)")
    private @Nullable Double sigma;

    @Option(
            names = "--preparation",
            paramLabel = "P",
            description = "what its pixels, of 0 to 1, went through before it in training: imagenet, cifar10, -1..1, or"
                    + " none where they went in as they are")
    private @Nullable String preset;

    @Option(
            names = "--mean",
            paramLabel = "M[,M,M]",
            description = "instead of a --preparation: what was subtracted from the pixels, for all channels or each")
    private @Nullable String mean;

    @Option(names = "--std", paramLabel = "S[,S,S]", description = "what they were then divided by")
    private @Nullable String deviation;

    @Option(
            names = "--scale",
            paramLabel = "R",
            description = "the range of the pixels before --mean and --std: 0..1 or 0..255 (default: 0..1)")
    private @Nullable String scale;

    @Option(
            names = "--channel-order",
            paramLabel = "ORDER",
            defaultValue = "rgb",
            description = "order in which it takes an image's channels, rgb or bgr; --mean and --std are given in the"
                    + " order rgb (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String channelOrder;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "where its input has the channels: ${COMPLETION-CANDIDATES} (default: what its shape says)")
    private @Nullable ImageLayout layout;

    @Option(
            names = "--size",
            paramLabel = "[C,]H,W",
            split = "[,x]",
            hideParamSyntax = true,
            description = "size of its images, where its file leaves it open or its input is flat")
    private List<Integer> size = List.of();

    @Option(
            names = "--output",
            paramLabel = "NAME",
            description = "which of its outputs, or of the values inside it, has the scores of the classes")
    private @Nullable String output;

    @Option(
            names = "--threshold",
            paramLabel = "T",
            description = "for a network of one score: above it, an image is of the second class (default: 0.5 behind a"
                    + " Sigmoid)")
    private @Nullable Float threshold;

    @Option(
            names = "--denoiser",
            paramLabel = "D.onnx",
            description = "a network that takes noise off images, put before it: certificates are then about the two"
                    + " together (denoised smoothing; costs its time for each sample)")
    private @Nullable Path denoiser;

    @Option(
            names = "--classes",
            paramLabel = "A,B,C|F.txt",
            split = ",",
            hideParamSyntax = true,
            description = "names of the classes in the order of the scores, or a text file of one name a line (default:"
                    + " those in the network's file, or numbers)")
    private List<String> classes = List.of();

    @Option(
            names = "--classes-from",
            paramLabel = "DIR",
            description = "takes the names of a folder's subfolders, in their order")
    private @Nullable Path classesFrom;

    @Option(
            names = "--check",
            paramLabel = "IMAGE|DIR",
            description = "images of its size, or folders of them, on which it is compared with the original, and which"
                    + " are kept for its quantised network (256 at most); may be given several times")
    private List<Path> check = List.of();

    @Option(names = "--name", paramLabel = "NAME", description = "its name in certificates (default: its file's)")
    private @Nullable String name;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        double noise = sigma == null ? 0 : sigma();
        Adoption adoption =
                Adoption.of(theirs, new AdoptionOptions(preparation(), isBlueFirst(), layout, size, output, threshold));
        if (denoiser != null) {
            adoption.putBefore(denoiser);
        }
        List<String> classNames = classNames(adoption);
        ExampleImages examples = ExampleImages.read(check, adoption.image(), adoption.classes());
        AdoptedNetwork network = adoption.adopt(examples.images(), examples.labels());
        PrintWriter terminal = spec.commandLine().getOut();
        terminal.println(theirs + ": images of " + adoption.image() + ", " + adoption.classes() + " classes");
        adoption.steps().forEach(step -> terminal.println("- " + step));
        AdoptedModel model = AdoptedModel.of(network, name(), classNames, noise, examples.images());
        if (!examples.images().isEmpty()) {
            compare(adoption, network, examples, 0);
            if (noise > 0) {
                compare(adoption, network, examples, noise);
            }
        }
        model.requireCertifiable(theirs.toString());
        model.write(out);
        terminal.println("model " + out + ", SHA-256 " + model.manifest().sha256());
        terminal.flush();
    }

    private void compare(Adoption adoption, AdoptedNetwork network, ExampleImages examples, double noise) {
        LabelComparison labels = adoption.compare(network, examples.images(), noise);
        String found = "same label as the original on " + labels.same() + " of " + labels.images() + " images"
                + (noise > 0 ? " under noise of sigma " + noise : "");
        if (labels.same() < ROUNDING_ALONE * labels.images()) {
            throw new InvalidDataException(found + ", so the model is not kept");
        }
        spec.commandLine().getOut().println(found);
    }

    private double sigma() {
        try {
            return NoiseKind.requireSigma(sigma == null ? 0 : sigma);
        } catch (InvalidDataException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private @Nullable PixelPreparation preparation() {
        boolean isSpelled = mean != null || deviation != null || scale != null;
        if (preset != null && isSpelled) {
            throw new ParameterException(
                    spec.commandLine(), "--preparation says what --mean, --std and --scale say: give one or the other");
        }
        if (preset != null) {
            return PixelPreparation.named(preset);
        }
        return isSpelled ? new PixelPreparation(isOf255(), numbers(mean), numbers(deviation), false) : null;
    }

    private static List<Float> numbers(@Nullable String text) {
        return text == null ? List.of() : PixelPreparation.numbers(text);
    }

    private boolean isOf255() {
        if (scale == null || scale.equals("0..1")) {
            return false;
        }
        if (scale.equals("0..255")) {
            return true;
        }
        throw new ParameterException(spec.commandLine(), "--scale is 0..1 or 0..255, found " + scale);
    }

    private boolean isBlueFirst() {
        return switch (channelOrder) {
            case "rgb" -> false;
            case "bgr" -> true;
            default ->
                throw new ParameterException(
                        spec.commandLine(), "--channel-order is rgb or bgr, found " + channelOrder);
        };
    }

    private List<String> classNames(Adoption adoption) {
        if (!classes.isEmpty() && classesFrom != null) {
            throw new ParameterException(
                    spec.commandLine(), "--classes and --classes-from both say the classes' names: give one of them");
        }
        if (!classes.isEmpty()) {
            return ClassNames.of(classes);
        }
        if (classesFrom != null) {
            return Datasets.open(DatasetKind.FOLDER, Split.TRAIN, classesFrom).classNames();
        }
        List<String> own = adoption.classNames();
        return own.isEmpty()
                ? IntStream.range(0, adoption.classes())
                        .mapToObj(Integer::toString)
                        .toList()
                : own;
    }

    private String name() {
        if (name != null) {
            return name;
        }
        String file = String.valueOf(theirs.getFileName());
        int dot = file.lastIndexOf('.');
        return dot > 0 ? file.substring(0, dot) : file;
    }
}
