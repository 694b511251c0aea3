// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catrs.certifier.network.adoption.ForeignGraph.CLASSES;
import static org.catrs.certifier.network.adoption.ForeignGraph.SIDE;
import static org.catrs.certifier.network.adoption.ForeignGraph.floats;
import static org.catrs.certifier.network.adoption.ForeignGraph.longs;
import static org.catrs.certifier.network.adoption.ForeignKind.each;
import static org.catrs.certifier.network.adoption.ForeignKind.normalized;
import static org.catrs.certifier.network.adoption.ForeignKind.said;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import com.google.protobuf.ByteString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.catrs.certifier.network.independence.Independence;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.AttributeProto;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.catrs.schemas.onnx.proto.TypeProto;
import org.catrs.schemas.onnx.proto.ValueInfoProto;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the votes of adopted networks against those of the originals, run by ONNX Runtime as their owners run them. */
final class AdoptedKindsTest {
    private static final int IMAGES = 12;
    private static final int SAMPLES = 16;
    private static final double SIGMA = 0.25;

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("kinds")
    void shouldVoteAsTheOriginalDoes(ForeignKind kind) throws Exception {
        Path file = folder.resolve("theirs.onnx");
        Files.write(file, kind.model().toByteArray());
        Adoption adoption = Adoption.of(file, kind.options());
        OnnxModel denoiser = kind.denoiser();
        if (denoiser != null) {
            Files.write(folder.resolve("denoiser.onnx"), denoiser.toByteArray());
            adoption.putBefore(folder.resolve("denoiser.onnx"));
        }
        AdoptedNetwork adopted = adoption.adopt(List.of(), List.of());
        List<float[]> noisy = noisy(adoption.image());
        List<Integer> expected = kind.labels(noisy);
        assertThat(votes(adopted, noisy)).isEqualTo(expected);
        assertThat(new HashSet<>(expected)).as("labels that the images have").hasSizeGreaterThan(1);
    }

    /** In batches where the network takes them, as votes are counted. */
    private static List<Integer> votes(AdoptedNetwork adopted, List<float[]> images) throws Exception {
        List<Integer> votes = new ArrayList<>();
        try (OnnxSession session = OnnxSession.open(adopted.onnx(), "adopted", OptLevel.EXTENDED_OPT)) {
            int fixed = session.signature().fixedBatch();
            int batch = fixed > 0 ? fixed : SAMPLES;
            assertThat(Independence.of(OnnxModel.parse(adopted.onnx(), "adopted"), batch))
                    .isInstanceOf(Independence.Proved.class);
            assertThat(session.classes(batch, "adopted")).isEqualTo(adopted.classes());
            try (BatchRunner runner = new BatchRunner(session, batch, adopted.classes())) {
                for (int first = 0; first < images.size(); first += batch) {
                    for (int place = 0; place < batch; place++) {
                        System.arraycopy(
                                images.get(first + place),
                                0,
                                runner.image(),
                                0,
                                adopted.image().size());
                        runner.put(place);
                    }
                    runner.run();
                    for (int place = 0; place < batch; place++) {
                        votes.add(runner.vote(place));
                    }
                }
            }
        }
        return votes;
    }

    private static List<float[]> noisy(ImageShape shape) {
        List<float[]> all = new ArrayList<>();
        for (int image = 0; image < IMAGES; image++) {
            byte[] values = new byte[shape.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (byte) (37 * (image + 1) * (i + 1) >> image % 5);
            }
            NoiseSampler noise = NoiseSampler.of(
                    NoiseKind.DISCRETE, SIGMA, ImageTensor.of(shape, values), new Seed(1, image), Phase.SELECTION);
            for (int sample = 0; sample < SAMPLES; sample++) {
                float[] pixels = new float[shape.size()];
                noise.draw(sample, pixels, 0);
                all.add(pixels);
            }
        }
        return all;
    }

    private static Stream<ForeignKind> kinds() {
        return Stream.of(prepared(), laidOut(), typed(), batched(), scored(), denoised(), ofScikit())
                .flatMap(kinds -> kinds);
    }

    private static Stream<ForeignKind> prepared() {
        OnnxModel network = floats().pixels().classifier().logits().model();
        PixelPreparation bytes = new PixelPreparation(true, List.of(), List.of(), false);
        return Stream.of(
                ForeignKind.of("pixels as they are", network),
                ForeignKind.of("normalised as for ImageNet", network)
                        .with(said(PixelPreparation.named("imagenet")))
                        .after(normalized(
                                1, new float[] {0.485f, 0.456f, 0.406f}, new float[] {0.229f, 0.224f, 0.225f})),
                ForeignKind.of("normalised as for CIFAR-10", network)
                        .with(said(PixelPreparation.named("cifar10")))
                        .after(normalized(
                                1, new float[] {0.4914f, 0.4822f, 0.4465f}, new float[] {0.2023f, 0.1994f, 0.2010f})),
                ForeignKind.of("pixels of -1 to 1", network)
                        .with(said(PixelPreparation.named("-1..1")))
                        .after(each(pixel -> (pixel - 0.5f) / 0.5f)),
                ForeignKind.of("one mean and deviation", network)
                        .with(said(new PixelPreparation(false, List.of(0.1307f), List.of(0.3081f), false)))
                        .after(each(pixel -> (pixel - 0.1307f) / 0.3081f)),
                ForeignKind.of("pixels of 0 to 255", network).with(said(bytes)).after(each(pixel -> pixel * 255)),
                ForeignKind.of("normalised pixels of 0 to 255", network)
                        .with(said(new PixelPreparation(
                                true, List.of(123.675f, 116.28f, 103.53f), List.of(58.395f, 57.12f, 57.375f), false)))
                        .after(normalized(
                                255, new float[] {123.675f, 116.28f, 103.53f}, new float[] {58.395f, 57.12f, 57.375f})),
                ForeignKind.of("blue first, as Caffe and OpenCV have it", network)
                        .with(new AdoptionOptions(
                                new PixelPreparation(true, List.of(123.68f, 116.779f, 103.939f), List.of(), false),
                                true,
                                null,
                                List.of(),
                                null,
                                null))
                        .after(pixels -> ForeignGraph.reversedChannels(
                                normalized(255, new float[] {123.68f, 116.779f, 103.939f}, new float[] {1, 1, 1})
                                        .apply(pixels))),
                ForeignKind.of("blue first, and normalises by itself", selfNormalizing())
                        .with(new AdoptionOptions(null, true, null, List.of(), null, null))
                        .after(ForeignGraph::reversedChannels),
                ForeignKind.of("normalises by itself", selfNormalizing()).with(said(null)));
    }

    private static OnnxModel selfNormalizing() {
        ForeignGraph graph = floats().pixels();
        graph.node("Sub", graph.constant(longs(1, 3, 1, 1), 0.5f, 0.4f, 0.3f));
        graph.node("Div", graph.constant(longs(1, 3, 1, 1), 0.2f, 0.25f, 0.3f));
        return graph.classifier().logits().model();
    }

    private static Stream<ForeignKind> laidOut() {
        OnnxModel last = floats().input(DataType.FLOAT, 0, SIDE, SIDE, 3)
                .node("Transpose", Map.of("perm", longs(0, 3, 1, 2)))
                .classifier()
                .logits()
                .model();
        OnnxModel open =
                floats().input(DataType.FLOAT, 0, 3, 0, 0).classifier().logits().model();
        OnnxModel allOpen =
                floats().input(DataType.FLOAT, 0, 0, 0, 0).classifier().logits().model();
        OnnxModel flat = floats().input(DataType.FLOAT, 0, 3 * SIDE * SIDE)
                .dense(3 * SIDE * SIDE, 20)
                .node("Relu")
                .dense(20, CLASSES)
                .logits()
                .model();
        ForeignGraph gray = floats().input(DataType.FLOAT, 0, SIDE, SIDE);
        gray.node("Reshape", gray.shape(-1, SIDE * SIDE))
                .dense(SIDE * SIDE, CLASSES)
                .logits();
        List<Long> pixelByPixel = List.of(1L, (long) SIDE, (long) SIDE, 3L);
        return Stream.of(
                ForeignKind.of("channels last", last)
                        .takes(DataType.FLOAT, pixelByPixel)
                        .after(ForeignKind::channelsLast),
                ForeignKind.of("channels last, -1 to 1, as Keras has it", last)
                        .with(new AdoptionOptions(
                                PixelPreparation.named("-1..1"), false, ImageLayout.NHWC, List.of(), null, null))
                        .takes(DataType.FLOAT, pixelByPixel)
                        .after(pixels -> ForeignKind.channelsLast(
                                each(pixel -> (pixel - 0.5f) / 0.5f).apply(pixels))),
                ForeignKind.of("open height and width", open).with(sized(SIDE, SIDE)),
                ForeignKind.of("nothing but its rank is known", allOpen).with(sized(SIDE, SIDE)),
                ForeignKind.of("flat", flat)
                        .with(sized(3, SIDE, SIDE))
                        .takes(DataType.FLOAT, List.of(1L, 3L * SIDE * SIDE)),
                ForeignKind.of("flat, pixel by pixel", flat)
                        .with(new AdoptionOptions(
                                PixelPreparation.NONE, false, ImageLayout.NHWC, List.of(3, SIDE, SIDE), null, null))
                        .takes(DataType.FLOAT, List.of(1L, 3L * SIDE * SIDE))
                        .after(ForeignKind::channelsLast),
                ForeignKind.of("gray without an axis for channels", gray.model())
                        .takes(DataType.FLOAT, List.of(1L, (long) SIDE, (long) SIDE)));
    }

    private static AdoptionOptions sized(Integer... size) {
        return new AdoptionOptions(PixelPreparation.NONE, false, null, List.of(size), null, null);
    }

    private static Stream<ForeignKind> typed() {
        ForeignGraph bytes = floats().input(DataType.UINT8, 0, 3, SIDE, SIDE);
        bytes.node("Cast", Map.of("to", longs(DataType.FLOAT_VALUE)));
        bytes.node("Div", bytes.constant(longs(1), 255)).classifier().logits();
        ForeignGraph lastBytes = floats().input(DataType.UINT8, 0, SIDE, SIDE, 3);
        lastBytes.node("Cast", Map.of("to", longs(DataType.FLOAT_VALUE)));
        lastBytes
                .node("Div", lastBytes.constant(longs(1), 255))
                .node("Transpose", Map.of("perm", longs(0, 3, 1, 2)))
                .classifier()
                .logits();
        return Stream.of(
                ForeignKind.of("bytes", bytes.model())
                        .with(said(null))
                        .takes(DataType.UINT8, List.of(1L, 3L, 8L, 8L))
                        .after(each(AdoptedKindsTest::clipped)),
                ForeignKind.of("bytes, channels last", lastBytes.model())
                        .with(said(null))
                        .takes(DataType.UINT8, List.of(1L, 8L, 8L, 3L))
                        .after(pixels -> ForeignKind.channelsLast(
                                each(AdoptedKindsTest::clipped).apply(pixels))),
                ForeignKind.of(
                                "float16",
                                new ForeignGraph(DataType.FLOAT16)
                                        .pixels()
                                        .classifier()
                                        .logits()
                                        .model())
                        .takes(DataType.FLOAT16, List.of(1L, 3L, 8L, 8L)),
                ForeignKind.of(
                                "double",
                                new ForeignGraph(DataType.DOUBLE)
                                        .input(DataType.DOUBLE, 0, 3 * SIDE * SIDE)
                                        .dense(3 * SIDE * SIDE, CLASSES)
                                        .logits()
                                        .model())
                        .with(sized(3, SIDE, SIDE))
                        .takes(DataType.DOUBLE, List.of(1L, 3L * SIDE * SIDE)));
    }

    private static float clipped(float pixel) {
        return Math.max(0, Math.min(255, Math.round(pixel * 255)));
    }

    private static Stream<ForeignKind> batched() {
        ForeignGraph four = floats().input(DataType.FLOAT, 4, 3, SIDE, SIDE);
        ForeignGraph whole = floats().input(DataType.FLOAT, 1, 3, SIDE, SIDE).body();
        whole.node("Reshape", whole.shape(1, 6 * SIDE * SIDE)).head(CLASSES).logits();
        ForeignGraph rest = floats().pixels().body();
        rest.node("Reshape", rest.shape(1, -1)).head(CLASSES).logits();
        ForeignGraph alone = floats().input(DataType.FLOAT, 1, 3, SIDE, SIDE).body();
        alone.node("Squeeze", alone.shape(0))
                .node("Reshape", alone.shape(6 * SIDE * SIDE))
                .node("Unsqueeze", alone.shape(0))
                .head(CLASSES)
                .logits();
        return Stream.of(
                ForeignKind.of("constants that it computes by Range", counting()),
                ForeignKind.of("batches of 4", four.classifier().logits().model())
                        .takes(DataType.FLOAT, List.of(4L, 3L, 8L, 8L)),
                ForeignKind.of("a batch of 1 inside a Reshape", whole.model()),
                ForeignKind.of("a batch of 1 beside an open size", rest.model()),
                ForeignKind.of("a batch of 1 that cannot be opened", alone.model()),
                ForeignKind.of(
                        "an old file, of version 9",
                        ForeignGraph.withVersions(
                                floats().pixels().classifier().logits().model(), 9, 3)));
    }

    /** 0, 1, 2, 3, 4 are added to the logits. */
    private static OnnxModel counting() {
        ForeignGraph graph = floats().pixels().classifier();
        String logits = graph.value();
        String zero = graph.constant(List.of(), 0);
        String five = graph.constant(List.of(), CLASSES);
        String one = graph.constant(List.of(), 1);
        graph.add(OnnxParts.node("Range", List.of(zero, five, one), "numbers"));
        return graph.add(OnnxParts.node("Add", List.of(logits, "numbers"), "sums"))
                .logits()
                .model();
    }

    private static Stream<ForeignKind> scored() {
        ForeignGraph square = floats().pixels().body();
        square.node(
                        "Conv",
                        Map.of("kernel_shape", longs(8, 8)),
                        square.constant(longs(CLASSES, 6, 8, 8), square.weights(CLASSES * 6 * 64)))
                .output(DataType.FLOAT, CLASSES, 1, 1);
        ForeignGraph row = floats().pixels().body().flatten().head(1);
        row.node("Reshape", row.shape(-1)).output(DataType.FLOAT);
        ForeignGraph two = floats().pixels().classifier().logits();
        two.node("Softmax", Map.of("axis", longs(1))).logits();
        return Stream.of(
                ForeignKind.of("scores of classes x 1 x 1", square.model()),
                ForeignKind.of(
                        "one sigmoid",
                        floats().pixels()
                                .body()
                                .flatten()
                                .head(1)
                                .node("Sigmoid")
                                .output(DataType.FLOAT, 1)
                                .model()),
                ForeignKind.of("one logit, without an axis for classes", row.model())
                        .with(new AdoptionOptions(PixelPreparation.NONE, false, null, List.of(), null, 0f))
                        .gives(0, 0),
                ForeignKind.of("two outputs", two.model())
                        .with(new AdoptionOptions(PixelPreparation.NONE, false, null, List.of(), two.value(), null))
                        .gives(1, 0.5f),
                ForeignKind.of(
                        "a softmax at the end",
                        floats().pixels()
                                .classifier()
                                .node("Softmax", Map.of("axis", longs(1)))
                                .logits()
                                .model()),
                ForeignKind.of(
                        "a softmax at the end, of version 11",
                        ForeignGraph.withVersions(
                                floats().pixels()
                                        .classifier()
                                        .node("Softmax")
                                        .logits()
                                        .model(),
                                11,
                                6)),
                ForeignKind.of(
                        "a logarithm of a softmax at the end",
                        floats().pixels()
                                .classifier()
                                .node("LogSoftmax", Map.of("axis", longs(-1)))
                                .logits()
                                .model()),
                ForeignKind.of("label and probabilities", withLabel()).gives(1, 0.5f));
    }

    private static OnnxModel withLabel() {
        ForeignGraph graph = floats().pixels().classifier().node("Softmax", Map.of("axis", longs(1)));
        String scores = graph.value();
        graph.node("ArgMax", Map.of("axis", longs(1), "keepdims", longs(0))).output(DataType.INT64);
        return graph.output(OnnxParts.batch(scores, DataType.FLOAT, CLASSES)).model();
    }

    private static Stream<ForeignKind> denoised() {
        OnnxModel network = floats().pixels().classifier().logits().model();
        OnnxModel denoiser = denoiser();
        OnnxModel last = floats().input(DataType.FLOAT, 0, SIDE, SIDE, 3)
                .node("Transpose", Map.of("perm", longs(0, 3, 1, 2)))
                .classifier()
                .logits()
                .model();
        return Stream.of(
                ForeignKind.of("behind a denoiser", network).behind(denoiser),
                ForeignKind.of("behind a denoiser of older operators", network)
                        .behind(ForeignGraph.withVersions(denoiser, 13, 7)),
                ForeignKind.of("channels last and normalised, behind a denoiser", last)
                        .with(said(PixelPreparation.named("-1..1")))
                        .takes(DataType.FLOAT, List.of(1L, (long) SIDE, (long) SIDE, 3L))
                        .after(pixels -> ForeignKind.channelsLast(
                                each(pixel -> (pixel - 0.5f) / 0.5f).apply(pixels)))
                        .behind(denoiser));
    }

    /** What it takes for noise is subtracted, as DnCNN does. */
    private static OnnxModel denoiser() {
        ForeignGraph graph = floats().pixels().body().convolution(6, 3);
        return graph.add(OnnxParts.node("Sub", List.of("x", graph.value()), "clean"))
                .output(DataType.FLOAT, 3, SIDE, SIDE)
                .model();
    }

    private static Stream<ForeignKind> ofScikit() {
        int pixels = 3 * SIDE * SIDE;
        AdoptionOptions flat = sized(3, SIDE, SIDE);
        return Stream.of(
                ForeignKind.of("scikit-learn's logistic regression with a map", linear(CLASSES, "SOFTMAX"))
                        .with(flat)
                        .takes(DataType.FLOAT, List.of(1L, (long) pixels))
                        .gives(1, 0.5f),
                ForeignKind.of("scikit-learn's classifier of one against the rest", linear(CLASSES, "LOGISTIC"))
                        .with(flat)
                        .takes(DataType.FLOAT, List.of(1L, (long) pixels))
                        .gives(1, 0.5f));
    }

    /** As skl2onnx writes a pipeline of StandardScaler and LogisticRegression. */
    private static OnnxModel linear(int classes, String transformation) {
        int pixels = 3 * SIDE * SIDE;
        ForeignGraph graph = floats().input(DataType.FLOAT, 0, pixels);
        float[] deviations = new float[pixels];
        Arrays.fill(deviations, 3);
        graph.add(ofScikit("Scaler", List.of("x"), List.of("scaled"))
                .addAttribute(list("offset", graph.weights(pixels)))
                .addAttribute(list("scale", deviations))
                .build());
        graph.add(ofScikit("LinearClassifier", List.of("scaled"), List.of("label", "scores"))
                .addAttribute(list("coefficients", graph.weights(classes * pixels)))
                .addAttribute(list("intercepts", graph.weights(classes)))
                .addAttribute(text("post_transform", transformation))
                .addAttribute(OnnxParts.integer("multi_class", 1))
                .addAttribute(OnnxParts.integers("classlabels_ints", 0, 1, 2, 3, 4))
                .build());
        graph.add(ofScikit("Normalizer", List.of("scores"), List.of("probabilities"))
                .addAttribute(text("norm", "L1"))
                .build());
        graph.add(ofScikit("ZipMap", List.of("probabilities"), List.of("map"))
                .addAttribute(OnnxParts.integers("classlabels_int64s", 0, 1, 2, 3, 4))
                .build());
        TypeProto map = TypeProto.newBuilder()
                .setMapType(TypeProto.Map.newBuilder()
                        .setKeyType(DataType.INT64_VALUE)
                        .setValueType(TypeProto.newBuilder()
                                .setTensorType(TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT_VALUE))))
                .build();
        return graph.output(OnnxParts.batch("label", DataType.INT64))
                .output(ValueInfoProto.newBuilder()
                        .setName("map")
                        .setType(TypeProto.newBuilder()
                                .setSequenceType(TypeProto.Sequence.newBuilder().setElemType(map)))
                        .build())
                .model();
    }

    private static NodeProto.Builder ofScikit(String operator, List<String> inputs, List<String> outputs) {
        return NodeProto.newBuilder()
                .setDomain("ai.onnx.ml")
                .setOpType(operator)
                .setName(operator)
                .addAllInput(inputs)
                .addAllOutput(outputs);
    }

    private static AttributeProto list(String name, float... numbers) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOATS);
        for (float number : numbers) {
            attribute.addFloats(number);
        }
        return attribute.build();
    }

    private static AttributeProto text(String name, String value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }
}
