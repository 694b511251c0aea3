// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.model.ModelManifest;
import org.catrs.schemas.model.ShippedModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An adversary with the network and all the time that a test has, against certificates of a few samples. */
@Tag("slow")
class AdversaryTest {
    private static final int IMAGES = 50;
    private static final double SIGMA = 0.25;
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(SIGMA, 0.001, 100, 1000, NoiseKind.DISCRETE);

    private final Dataset digits = Datasets.digits(1, Split.TEST, IMAGES);
    private final List<ImageTensor> images = IntStream.range(0, IMAGES)
            .mapToObj(index -> digits.get(index).image())
            .toList();
    private final Path folder = ShippedModels.ofThisProcess().find("mnist-0.25").orElseThrow();

    @Test
    void shouldFindNoImageOfAnotherLabelInsideARadiusButOneInsideTwiceARadius() throws Exception {
        List<Target> targets = certified();
        assertThat(targets).hasSizeGreaterThan(IMAGES / 2);
        byte[] onnx = Files.readAllBytes(folder.resolve(ModelManifest.ONNX_FILE_NAME));
        try (PerturbationSearch search =
                new PerturbationSearch(onnx, digits.classNames().size(), SIGMA)) {
            for (Target target : targets) {
                assertThat(search.breach(target.image(), target.label(), target.radius(), images))
                        .as("an image within %s of image %s", target.radius(), images.indexOf(target.image()))
                        .isEmpty();
            }
            assertThat(foundWithinTwice(search, targets)).isTrue();
        }
    }

    /** Small radii first: there, twice the radius is beyond the true one most often. */
    private boolean foundWithinTwice(PerturbationSearch search, List<Target> targets) throws OrtException {
        for (Target target : targets) {
            if (search.breach(target.image(), target.label(), 2 * target.radius(), images)
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }

    private List<Target> certified() {
        List<Target> targets = new ArrayList<>();
        try (OpenModel model = OpenModel.openReadOnly(folder, ModelOverrides.DEFAULT)) {
            SmoothedClassifier smoothed = new SmoothedClassifier(model.classifier(), PARAMETERS);
            for (int i = 0; i < IMAGES; i++) {
                if (smoothed.certify(images.get(i), new Seed(3, i)) instanceof Certificate.Certified certificate) {
                    targets.add(new Target(images.get(i), certificate.label(), certificate.radius()));
                }
            }
        }
        targets.sort(Comparator.comparingDouble(Target::radius));
        return targets;
    }

    private record Target(ImageTensor image, int label, double radius) {}
}
