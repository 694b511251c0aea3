// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.export;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.model.ModelManifest.ExportParity;
import org.catrs.schemas.onnx.OnnxModel;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Normalization;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.FewImages;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every architecture, with statistics that a training may leave, as ONNX Runtime computes it. */
@Tag("slow")
class ArchitectureExportTest {
    @ParameterizedTest
    @CsvSource({"lenet, 32, 10", "resnet20, 32, 10", "resnet110, 16, 3", "resnet50, 32, 5"})
    void shouldComputeTheSameInOnnxRuntime(String name, int side, int classes) {
        TorchEngine.start();
        ImageShape shape = new ImageShape(3, side, side);
        NetworkSpecification specification = Architecture.valueOf(name.toUpperCase(Locale.ROOT))
                .specification(shape, classes, Normalization.CIFAR10);
        try (GradientCollector collector = TorchEngine.newCollector();
                Network network = new Network(specification, collector)) {
            Parameters parameters = network.initialParameters(new SplittableRandom(1));
            settle(network, parameters, images(shape));
            byte[] onnx = specification.toOnnx(parameters).toBytes(Map.of());

            ExportParity parity =
                    new ParityCheck(images(shape), shape, 0.25, new SplittableRandom(2)).compare(network, onnx);

            assertThat(parity.argmaxAgreement()).isEqualTo(1);
            assertThat(OnnxModel.parse(onnx, name).proto().getGraph().getNodeList())
                    .extracting(node -> node.getOpType())
                    .contains("Sub", "Conv", "Gemm")
                    .doesNotContain("BatchNormalization", "Div");
        }
    }

    /** Moves biases and shifts away from zero, and runs the network until its statistics are those of its images. */
    private static void settle(Network network, Parameters parameters, TrainingImages images) {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = parameters.values();
        int trained = network.trainedCount();
        for (int i = 0; i < trained; i++) {
            values[i] += 0.01f * random.nextFloat();
        }
        network.load(values);
        FloatBuffer pixels = FloatBuffer.allocate(images.size() * images.imageSize());
        IntStream.range(0, images.size()).forEach(i -> images.copyTo(pixels, i));
        int side = (int) Math.sqrt(images.imageSize() / 3.0);
        for (int pass = 0; pass < 30; pass++) {
            try (NDManager scope = network.newScope()) {
                network.logits(scope.create(pixels.flip(), new Shape(images.size(), 3, side, side)));
            }
        }
        float[] statistics = new float[network.statisticsCount()];
        network.copyStatistics(statistics);
        System.arraycopy(statistics, 0, values, trained, statistics.length);
    }

    private static TrainingImages images(ImageShape shape) {
        return TrainingImages.of(FewImages.ofRandomPixels(shape, 4));
    }
}
