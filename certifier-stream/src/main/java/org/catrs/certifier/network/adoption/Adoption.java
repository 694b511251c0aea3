// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.CloseOnFailure;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.onnx.GraphBuilder;
import org.catrs.schemas.onnx.OnnxModel;
import org.jspecify.annotations.Nullable;

/**
 * Makes a network that can be certified of one that somebody brought, and compares the two. What its pixels go through in
 * a program of their owner's, what its input and its scores are: all of it becomes nodes of the graph.
 */
public final class Adoption {
    private static final int MADE_UP_IMAGES = 8;
    private static final float BYTE = 255;
    /** Times the share of right labels that chance gives. */
    private static final double CLEARLY_ABOVE_CHANCE = 1.5;

    private static final Seed SEED = new Seed(0, 0);

    private final String source;
    private final String sha256;
    private final AdoptionOptions options;
    private final OnnxModel original;
    /** The original in ONNX's own operators. */
    private final OnnxModel plain;

    private final InputForm input;
    private final Scores scores;
    private final OutputForm output;
    private final FirstLayers firstLayers;
    private final List<String> steps = new ArrayList<>();
    private @Nullable Denoiser denoiser;

    private Adoption(Path file, byte[] bytes, AdoptionOptions options, List<String> steps, OnnxModel whole) {
        this.source = file.toString();
        this.sha256 = Sha256.of(bytes);
        this.options = options;
        this.steps.addAll(steps);
        this.scores = Scores.of(whole, options.output(), this.steps, source);
        this.input = InputForm.of(scores.model(), options, source);
        this.original = declared(scores.model());
        this.plain = ScikitOperators.written(original, this.steps, source);
        this.firstLayers = FirstLayers.of(original, input.name());
        this.output = tried();
    }

    /**
     * Reads a network, and tries it on one image.
     *
     * @throws InvalidDataException when it is no image classifier in ONNX, or something has to be said; with the option
     */
    public static Adoption of(Path network, AdoptionOptions options) {
        List<String> steps = new ArrayList<>();
        byte[] bytes = OnnxModel.bytes(network);
        OnnxModel whole = whole(bytes, network, steps);
        return new Adoption(network, bytes, options, steps, whole);
    }

    private static OnnxModel whole(byte[] bytes, Path file, List<String> steps) {
        return WeightFiles.takenIn(OnnxModel.parse(bytes, file.toString()), file, steps);
    }

    /** With the sizes of the input that were open. */
    private OnnxModel declared(OnnxModel model) {
        GraphBuilder graph = GraphBuilder.of(model);
        graph.input(input.declared());
        graph.output(model.proto().getGraph().getOutput(0));
        return graph.model(Map.of());
    }

    private OutputForm tried() {
        try (ForeignNetwork network = ForeignNetwork.open(original, input, source)) {
            ForeignNetwork.Values values = network.run(new float[input.image().size()]);
            return OutputForm.of(original, values.type(), values.sizes(), network.batch(), options, source);
        }
    }

    /** Puts a denoiser before the network. */
    public void putBefore(Path file) {
        List<String> taken = new ArrayList<>();
        byte[] bytes = OnnxModel.bytes(file);
        Denoiser read = Denoiser.read(whole(bytes, file, taken), file, Sha256.of(bytes), input.image());
        try (ForeignNetwork network = ForeignNetwork.open(read.model(), read.form(), read.source())) {
            read.requireImages(network.run(new float[input.image().size()]).sizes());
        }
        steps.addAll(taken);
        this.denoiser = read;
    }

    /** The shape of the images that the network takes. */
    public ImageShape image() {
        return input.image();
    }

    /** Number of classes that it tells apart. */
    public int classes() {
        return output.classes();
    }

    /** Names of its classes, where they stand in its file and are as many as its classes; otherwise none. */
    public List<String> classNames() {
        List<String> names = scores.classNames().isEmpty() ? NamesInMetadata.of(original) : scores.classNames();
        return names.size() == classes() ? names : List.of();
    }

    /**
     * Makes the network.
     *
     * @param images that the network is used to, where there are some; of which preparation is asked with them
     * @param labels of these images, where they are known; otherwise empty
     * @throws InvalidDataException when something has to be said, or what was made has other labels than the original
     */
    public AdoptedNetwork adopt(List<ImageTensor> images, List<Integer> labels) {
        PixelPreparation preparation = preparation(images, labels);
        Optional<OnnxModel> turned = preparation.blueFirst() && input.isOfFloatImages()
                ? BlueFirst.turnedRound(plain, input.name())
                : Optional.empty();
        turned.ifPresent(
                model -> steps.add("the filters of its first convolution are turned round, as it takes blue first"));
        OnnxModel network = turned.orElse(plain);
        GraphBuilder graph = GraphBuilder.of(network);
        input.addTo(
                graph,
                turned.isPresent() ? preparation.withBlueFirst(false) : preparation,
                GraphSearch.version(network),
                steps,
                source);
        output.addTo(graph, network, steps);
        long batch = input.batch();
        Map<String, String> facts = facts(preparation);
        OnnxModel adopted = graph.model(facts);
        if (denoiser != null) {
            adopted = denoiser.before(adopted);
            steps.add(
                    "the denoiser " + denoiser.source() + " is put before it: a certificate is about the two together");
            batch = Math.max(batch, denoiser.form().batch());
        }
        adopted = AnyBatch.of(adopted, batch, steps);
        AdoptedNetwork made =
                new AdoptedNetwork(adopted.toByteArray(), input.image(), output.classes(), preparation, facts);
        requireSameLabels(made);
        return made;
    }

    /** What was done to the network, one sentence each. */
    public List<String> steps() {
        return List.copyOf(steps);
    }

    private PixelPreparation preparation(List<ImageTensor> images, List<Integer> labels) {
        return ofColours(images, labels).withBlueFirst(options.blueFirst());
    }

    private PixelPreparation ofColours(List<ImageTensor> images, List<Integer> labels) {
        PixelPreparation said = options.preparation();
        if (input.isOfBytes()) {
            if (said != null && !(said.means().isEmpty() && said.deviations().isEmpty())) {
                throw new InvalidDataException(source + " takes uint8, of 0 to 255, which is not normalised before it:"
                        + " leave out --mean, --std and --preparation");
            }
            return new PixelPreparation(true, List.of(), List.of(), false);
        }
        if (said != null) {
            return said;
        }
        if (firstLayers.prepare()) {
            steps.add("pixels of 0 to 1 go in as they are: the network prepares them in its node '" + firstLayers.node()
                    + "'");
            return PixelPreparation.NONE;
        }
        if (labels.isEmpty()) {
            throw firstLayers.question(source, "");
        }
        Map<String, Double> rates = rates(images, labels);
        Map<String, Double> others = new LinkedHashMap<>(rates);
        double asTheyAre = Objects.requireNonNull(others.remove(PixelPreparation.NONE_NAME));
        if (asTheyAre > CLEARLY_ABOVE_CHANCE / classes() && asTheyAre > Collections.max(others.values())) {
            steps.add("pixels of 0 to 1 go in as they are: each of the usual preparations gives fewer right labels on "
                    + images.size() + " images (" + text(rates) + ")");
            return PixelPreparation.NONE;
        }
        throw firstLayers.question(
                source,
                ". Right labels on " + images.size() + " images, if the classes are their folders in the order of their"
                        + " names: " + text(rates));
    }

    /** The share of images of known labels that is labelled rightly with each of the usual preparations. */
    private Map<String, Double> rates(List<ImageTensor> images, List<Integer> labels) {
        Map<String, Double> rates = new LinkedHashMap<>();
        try (ForeignNetwork network = ForeignNetwork.open(original, input, source)) {
            PixelPreparation.usual(image().channels()).forEach((name, preparation) -> {
                int right = 0;
                for (int i = 0; i < images.size(); i++) {
                    PixelPreparation tried = preparation.withBlueFirst(options.blueFirst());
                    right += label(network, tried, pixels(images.get(i))) == labels.get(i) ? 1 : 0;
                }
                rates.put(name, (double) right / images.size());
            });
        }
        return rates;
    }

    private static String text(Map<String, Double> rates) {
        return rates.entrySet().stream()
                .map(rate -> Math.round(100 * rate.getValue()) + "% with " + rate.getKey())
                .collect(Collectors.joining(", "));
    }

    private int label(ForeignNetwork network, PixelPreparation preparation, float[] pixels) {
        return output.label(
                network.run(preparation.apply(pixels, input.image().channels())).first());
    }

    private static float[] pixels(ImageTensor image) {
        float[] pixels = new float[image.shape().size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = image.value(i) / BYTE;
        }
        return pixels;
    }

    private Map<String, String> facts(PixelPreparation preparation) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("adopted.from", sha256);
        facts.put("adopted.input", input.type() + " " + InputForm.text(input.sizes()) + " " + input.layout());
        facts.put("adopted.output", output.name());
        facts.put("adopted.preparation", preparation.toString());
        if (input.isOfBytes()) {
            facts.put("adopted.rounding", "noisy pixels are clipped to 0..255 and rounded before they become uint8");
        }
        if (denoiser != null) {
            facts.put("adopted.denoiser", denoiser.sha256());
        }
        return facts;
    }

    private void requireSameLabels(AdoptedNetwork made) {
        SplittableRandom random = new SplittableRandom(1);
        List<ImageTensor> images = Stream.generate(() -> {
                    byte[] values = new byte[image().size()];
                    random.nextBytes(values);
                    return ImageTensor.of(image(), values);
                })
                .limit(MADE_UP_IMAGES)
                .toList();
        LabelComparison labels = compare(made, images, 0);
        if (!labels.isWhole()) {
            throw new InvalidDataException("what was made of " + source + " has another label than the original on "
                    + (labels.images() - labels.same()) + " of " + labels.images()
                    + " made-up images, so it is not kept;"
                    + " what was done: " + String.join("; ", steps));
        }
    }

    /**
     * Runs the original and what was made of it on images, the original on pixels that are prepared outside of it.
     *
     * @param sigma standard deviation of noise on the images, in units of pixels scaled to [0, 1]; 0 for none
     */
    public LabelComparison compare(AdoptedNetwork made, List<ImageTensor> images, double sigma) {
        OnnxModel model = OnnxModel.parse(made.onnx(), source);
        InputForm form = InputForm.of(model, AdoptionOptions.NONE, source);
        Denoiser first = denoiser;
        try (CloseOnFailure opened = new CloseOnFailure()) {
            ForeignNetwork theirs = opened.add(ForeignNetwork.open(original, input, source));
            ForeignNetwork ours = opened.add(ForeignNetwork.open(model, form, source));
            ForeignNetwork denoising =
                    first == null ? null : opened.add(ForeignNetwork.open(first.model(), first.form(), first.source()));
            int same = 0;
            for (ImageTensor image : images) {
                float[] pixels = sigma > 0 ? noisy(image, sigma) : pixels(image);
                float[] clean =
                        denoising == null ? pixels : denoising.run(pixels).first();
                int expected = label(theirs, made.preparation(), clean);
                same += BatchRunner.vote(ours.run(pixels).first()) == expected ? 1 : 0;
            }
            return new LabelComparison(images.size(), same);
        }
    }

    private static float[] noisy(ImageTensor image, double sigma) {
        float[] pixels = new float[image.shape().size()];
        NoiseSampler noise = NoiseSampler.of(NoiseKind.DISCRETE, sigma, image, SEED, Phase.ESTIMATION);
        long index = 0;
        while (!noise.draw(index, pixels, 0)) {
            index++;
        }
        return pixels;
    }
}
