// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catrs.certifier.network.adoption.ForeignGraph.CLASSES;
import static org.catrs.certifier.network.adoption.ForeignGraph.SIDE;
import static org.catrs.certifier.network.adoption.ForeignGraph.floats;
import static org.catrs.certifier.network.adoption.ForeignGraph.longs;
import static org.catrs.certifier.network.adoption.ForeignKind.said;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.schemas.onnx.OnnxParts;
import org.catrs.schemas.onnx.proto.NodeProto;
import org.catrs.schemas.onnx.proto.TensorProto.DataType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be adopted, or not without a word more, and what the message says then. */
final class AdoptionRefusalTest {
    private static final AdoptionOptions AS_IT_IS = said(PixelPreparation.NONE);

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void shouldRefuseWithWhatHasToBeSaid(String kind, OnnxModel model, AdoptionOptions options, String message)
            throws IOException {
        Path file = Files.write(folder.resolve("theirs.onnx"), model.toByteArray());

        assertThatThrownBy(() -> Adoption.of(file, options).adopt(List.of(), List.of()))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(message);
    }

    private static Stream<Arguments> refused() {
        OnnxModel plain = floats().pixels().classifier().logits().model();
        OnnxModel open =
                floats().input(DataType.FLOAT, 0, 3, 0, 0).classifier().logits().model();
        OnnxModel flat = floats().input(DataType.FLOAT, 0, 192)
                .dense(192, CLASSES)
                .logits()
                .model();
        ForeignGraph inBytes = floats().pixels();
        inBytes.node("Mul", inBytes.constant(longs(1), 1 / 255f)).classifier().logits();
        ForeignGraph caffe = floats().pixels();
        caffe.node("Sub", caffe.constant(longs(1, 3, 1, 1), 103.9f, 116.8f, 123.7f))
                .classifier()
                .logits();
        ForeignGraph two = floats().pixels().classifier().logits();
        two.node("Relu").logits();
        ForeignGraph logit = floats().pixels().body().flatten().head(1).output(DataType.FLOAT, 1);
        ForeignGraph label = floats().pixels().classifier();
        label.node("ArgMax", Map.of("axis", longs(1))).output(DataType.INT64, 1);
        ForeignGraph bytes = floats().input(DataType.UINT8, 0, 3, SIDE, SIDE);
        bytes.node("Cast", Map.of("to", longs(DataType.FLOAT_VALUE)))
                .classifier()
                .logits();
        OnnxModel ofBytes = bytes.model();
        ForeignGraph trees = floats().input(DataType.FLOAT, 0, 192);
        trees.add(NodeProto.newBuilder()
                        .setDomain("ai.onnx.ml")
                        .setOpType("TreeEnsembleClassifier")
                        .setName("forest")
                        .addInput("x")
                        .addOutput("label")
                        .addOutput("scores")
                        .addAttribute(OnnxParts.integers("class_ids", 0, 1))
                        .build())
                .output(DataType.FLOAT, 2);
        return Stream.of(
                refused("nothing is said of its pixels", plain, said(null), "--preparation imagenet, cifar10 or -1..1"),
                refused("it divides by 255", inBytes.model(), said(null), "say --scale 0..255"),
                refused("it subtracts Caffe's means", caffe.model(), said(null), "say --scale 0..255"),
                refused("its size is open", open, AS_IT_IS, "say it with --size H,W"),
                refused("another size is said", plain, sized(9, 9), "but --size says [9, 9]"),
                refused("it is flat", flat, AS_IT_IS, "say what an image is with --size C,H,W"),
                refused("it is flat and of another size", flat, sized(1, 28, 28), "images of 784 values"),
                refused("two outputs can be the scores", two.model(), AS_IT_IS, "with --output NAME"),
                refused(
                        "the output that is named is not there",
                        plain,
                        named("logits"),
                        "no output or inner value 'logits'"),
                refused("one logit", logit.model(), AS_IT_IS, "--threshold 0 for a logit"),
                refused("a label alone", label.model(), AS_IT_IS, "which are no scores"),
                refused(
                        "a picture comes out",
                        floats().pixels()
                                .body()
                                .output(DataType.FLOAT, 6, SIDE, SIDE)
                                .model(),
                        AS_IT_IS,
                        "a score for each class of each image"),
                refused(
                        "no batch",
                        floats().input(DataType.FLOAT, 3, SIDE, SIDE)
                                .node("Relu")
                                .output(DataType.FLOAT)
                                .model(),
                        AS_IT_IS,
                        "with a batch's axis"),
                refused(
                        "integers of 64 bits",
                        floats().input(DataType.INT64, 0, 3, SIDE, SIDE)
                                .node("Relu")
                                .output(DataType.FLOAT)
                                .model(),
                        AS_IT_IS,
                        "needed is float32, float16, double or uint8"),
                refused(
                        "bytes that are said to be normalised",
                        ofBytes,
                        said(PixelPreparation.named("imagenet")),
                        "takes uint8, of 0 to 255, which is not normalised before it"),
                refused(
                        "two means for three channels",
                        plain,
                        said(new PixelPreparation(false, List.of(0.1f, 0.2f), List.of(), false)),
                        "one number for all or one for each"),
                refused(
                        "bytes in operators of version 9",
                        ForeignGraph.withVersions(ofBytes, 9, 4),
                        said(null),
                        "onnx.version_converter"),
                refused(
                        "a forest of scikit-learn",
                        trees.model(),
                        sized(3, SIDE, SIDE),
                        "trees and kernel methods cannot"));
    }

    private static Arguments refused(String kind, OnnxModel model, AdoptionOptions options, String message) {
        return Arguments.of(kind, model, options, message);
    }

    private static AdoptionOptions sized(Integer... size) {
        return new AdoptionOptions(PixelPreparation.NONE, false, null, List.of(size), null, null);
    }

    private static AdoptionOptions named(@Nullable String output) {
        return new AdoptionOptions(PixelPreparation.NONE, false, null, List.of(), output, null);
    }

    @Test
    void shouldRefuseADenoiserOfOtherImages() throws IOException {
        Path file = Files.write(
                folder.resolve("theirs.onnx"),
                floats().pixels().classifier().logits().model().toByteArray());
        Path denoiser = Files.write(
                folder.resolve("denoiser.onnx"),
                floats().pixels()
                        .body()
                        .output(DataType.FLOAT, 6, SIDE, SIDE)
                        .model()
                        .toByteArray());
        Adoption adoption = Adoption.of(file, AS_IT_IS);

        assertThatThrownBy(() -> adoption.putBefore(denoiser))
                .hasMessageContaining("a denoiser gives images of the shape that it takes");
    }

    @Test
    void shouldSayWhichExporterToUseForWhatIsNoOnnx() throws IOException {
        Path jax =
                Files.write(folder.resolve("flax.msgpack"), "\u0081\u00a6params".getBytes(StandardCharsets.ISO_8859_1));
        Path tensorflow = Files.createDirectory(folder.resolve("saved"));
        Files.write(tensorflow.resolve("saved_model.pb"), new byte[] {8, 1});

        assertThatThrownBy(() -> Adoption.of(jax, AS_IT_IS)).hasMessageContaining("jax.experimental.jax2tf");
        assertThatThrownBy(() -> Adoption.of(tensorflow, AS_IT_IS))
                .hasMessageContaining("python -m tf2onnx.convert --saved-model " + tensorflow);
        assertThatThrownBy(() -> Adoption.of(folder.resolve("missing.onnx"), AS_IT_IS))
                .hasMessageContaining("missing.onnx: is not there");
    }

    /** The network tells dark from bright images if pixels are of 0 to 255, and calls all dark if they are of 0 to 1. */
    @Test
    void shouldSayWhatEachPreparationGivesOnImagesOfKnownLabels() throws IOException {
        Path file = Files.write(folder.resolve("theirs.onnx"), brightAbove(100).toByteArray());
        ImageShape shape = new ImageShape(3, SIDE, SIDE);
        List<ImageTensor> images =
                Stream.of(20, 40, 200, 220).map(gray -> gray(shape, gray)).toList();
        Adoption adoption = Adoption.of(file, said(null));

        assertThatThrownBy(() -> adoption.adopt(images, List.of(0, 0, 1, 1)))
                .hasMessageContaining("100% with 0..255")
                .hasMessageContaining("50% with none");
    }

    @Test
    void shouldTakePixelsAsTheyAreWhereThatGivesTheMostRightLabels() throws IOException {
        Path file = Files.write(folder.resolve("theirs.onnx"), brightAbove(0.4f).toByteArray());
        ImageShape shape = new ImageShape(3, SIDE, SIDE);
        List<ImageTensor> images =
                Stream.of(20, 90, 110, 220).map(gray -> gray(shape, gray)).toList();
        Adoption adoption = Adoption.of(file, said(null));

        assertThat(adoption.adopt(images, List.of(0, 0, 1, 1)).preparation()).isEqualTo(PixelPreparation.NONE);
        assertThat(adoption.steps()).anyMatch(step -> step.contains("gives fewer right labels"));
    }

    private static OnnxModel brightAbove(float limit) {
        ForeignGraph graph = floats().pixels().node("GlobalAveragePool").flatten();
        graph.node("Gemm", graph.constant(longs(3, 2), 0, 1, 0, 1, 0, 1), graph.constant(longs(2), 3 * limit, 0))
                .output(DataType.FLOAT, 2);
        return graph.model();
    }

    private static ImageTensor gray(ImageShape shape, int value) {
        byte[] values = new byte[shape.size()];
        IntStream.range(0, values.length).forEach(i -> values[i] = (byte) value);
        return ImageTensor.of(shape, values);
    }
}
