// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.adversary;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.model.ShippedModels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An adversary with the network and all the time that a test has, against certificates of a few samples. */
@Tag("slow")
class AdversaryTest {
    private static final int IMAGES = 50;
    private static final double SIGMA = 0.25;
    private static final int BUDGET = 3000;
    /** An image whose label has a smaller share of the votes is looked at with many samples. */
    private static final double PROMISING = 0.6;

    private static final int MANY_SAMPLES = 10_000;
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(SIGMA, 0.001, 100, 1000, NoiseKind.DISCRETE);

    private final Dataset digits = Datasets.digits(1, Split.TEST, IMAGES);
    private final List<ImageTensor> images = IntStream.range(0, IMAGES)
            .mapToObj(index -> digits.get(index).image())
            .toList();
    private final Path folder = ShippedModels.ofThisProcess().find("mnist-0.25").orElseThrow();

    @Test
    void shouldFindNoImageOfAnotherLabelInsideARadiusButOneInsideTwiceARadius() {
        try (OpenModel model = OpenModel.openReadOnly(folder, ModelOverrides.DEFAULT)) {
            List<Target> targets = certified(model);
            assertThat(targets).hasSizeGreaterThan(IMAGES / 2);
            for (Target target : targets) {
                assertThat(finds(model, target, target.radius()))
                        .as("an image within %s of image %s", target.radius(), images.indexOf(target.image()))
                        .isFalse();
            }
            // Small radii first: there, twice the radius is beyond the true one most often.
            assertThat(targets).anyMatch(target -> finds(model, target, 2 * target.radius()));
        }
    }

    /** Whether the search finds an image whose smoothed label is another one by the vote of many samples. */
    private boolean finds(OpenModel model, Target target, double radius) {
        Perturbation worst = new PerturbationSearch(model.classifier(), SIGMA)
                .worst(target.image(), target.label(), radius, BUDGET, images);
        assertThat(worst.size()).isLessThan(radius);
        if (worst.share(target.label()) > PROMISING) {
            return false;
        }
        ClassCounts votes =
                model.classifier().count(worst.image(), PARAMETERS, new Seed(8, 1), Phase.ESTIMATION, 0, MANY_SAMPLES);
        double threeErrors = 3 / Math.sqrt(4.0 * MANY_SAMPLES);
        return (double) votes.of(target.label()) / MANY_SAMPLES < 0.5 - threeErrors;
    }

    private List<Target> certified(OpenModel model) {
        List<Target> targets = new ArrayList<>();
        SmoothedClassifier smoothed = new SmoothedClassifier(model.classifier(), PARAMETERS);
        for (int i = 0; i < IMAGES; i++) {
            if (smoothed.certify(images.get(i), new Seed(3, i)) instanceof Certificate.Certified certificate) {
                targets.add(new Target(images.get(i), certificate.label(), certificate.radius()));
            }
        }
        targets.sort(Comparator.comparingDouble(Target::radius));
        return targets;
    }

    private record Target(ImageTensor image, int label, double radius) {}
}
