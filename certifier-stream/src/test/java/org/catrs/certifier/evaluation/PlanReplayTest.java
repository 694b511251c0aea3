// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.catrs.certifier.evaluation.rows.EvaluationReader;
import org.catrs.certifier.evaluation.summary.TextTable;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.bound.CertifiedRadius;
import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Seed;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Certifies the images of published evaluations again with each plan: their votes are drawn anew with the probability that
 * the published radius shows, and the same votes go on to n = 100,000 for the comparison with the fixed plan. The table is
 * written to target/plans/replay.md.
 */
@Tag("slow")
class PlanReplayTest {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final int N = 100_000;
    private static final double ALPHA = 0.001;
    /** A class whose probability is farther from the decision than this, seven standard deviations, is decided. */
    private static final double UNDECIDED = 0.012;

    private static final double[] BOUNDS = bounds();

    @Test
    void shouldDecideRadiiWithFewSamplesAndHardlyLoseAccuracy() throws IOException {
        List<Published> sets = List.of(
                new Published("mnist-sigma0.25-cat-rs.tsv", 0.25, 90, 150, 700),
                new Published("mnist-sigma0.50-cat-rs.tsv", 0.5, 190, 280, 1_400),
                new Published("mnist-sigma1.00-cat-rs.tsv", 1, 1_200, 1_800, 4_000),
                new Published("cifar10-sigma0.25-consistency.tsv", 0.25, 1_100, 1_300, 2_100),
                new Published("cifar10-sigma0.50-gaussian.tsv", 0.5, 2_200, 2_200, 2_700));
        List<List<String>> rows = new ArrayList<>();
        for (Published set : sets) {
            List<Image> images = set.images();
            for (int i = 0; i < set.most().length; i++) {
                double radius = set.sigma() * (1 << i) / 2;
                Outcome adaptive = decide(images, set.sigma(), radius, new SamplingPlan.TargetRadius(radius));
                Outcome deadline =
                        decide(images, set.sigma(), radius, new SamplingPlan.Deadline(Duration.ofDays(1), radius));
                rows.add(List.of(
                        set.file(),
                        String.format(Locale.ROOT, "%.3f", radius),
                        String.format(Locale.ROOT, "%.0f", adaptive.samples()),
                        String.format(Locale.ROOT, "%.2f", adaptive.lost()),
                        String.format(Locale.ROOT, "%.0f", deadline.samples()),
                        String.format(Locale.ROOT, "%.2f", deadline.lost())));
                assertThat(adaptive.lost())
                        .as("points lost by %s at %s", set.file(), radius)
                        .isLessThanOrEqualTo(0.1);
                assertThat(adaptive.samples())
                        .as("samples for %s at %s", set.file(), radius)
                        .isLessThan(set.most()[i]);
                assertThat(deadline.lost()).as("points lost by the mixture").isLessThanOrEqualTo(0.5);
            }
        }
        write(
                "replay.md",
                new TextTable(
                                List.of(
                                        "set",
                                        "radius",
                                        "adaptive: mean n",
                                        "points lost",
                                        "deadline: mean n",
                                        "points lost"),
                                rows)
                        .toMarkdown());
    }

    @Test
    void shouldGiveMostOfTheRadiusForLessThanHalfOfTheSamples() throws IOException {
        Published set = new Published("mnist-sigma0.25-cat-rs.tsv", 0.25, 0, 0, 0);
        double samples = 0;
        double radii = 0;
        double all = 0;
        int images = 0;
        BinomialClassifier base = new BinomialClassifier();
        SmoothedClassifier smoothed = new SmoothedClassifier(base, parameters(set.sigma()));
        for (Image image : set.images()) {
            if (image.index() % 20 == 0) {
                images++;
                base.reset(image.probability(), image.index());
                Certificate certificate = smoothed.certify(
                        BinomialClassifier.IMAGE,
                        new Seed(0, 0),
                        new SamplingPlan.RadiusFraction(0.9),
                        StopCondition.NEVER);
                long n = certificate.evidence().estimation().samples();
                long votes = certificate.evidence().estimation().of(0) + base.successes(N - n);
                samples += n;
                radii += certificate instanceof Certificate.Certified certified && image.correct()
                        ? certified.radius()
                        : 0;
                all += image.correct() ? CertifiedRadius.of(set.sigma(), BOUNDS[(int) votes]) : 0;
            }
        }
        write(
                "fraction.md",
                String.format(
                        Locale.ROOT,
                        "%s, 0.9 of the radius: mean n %.0f, ACR %.4f instead of %.4f (%.1f %%)%n",
                        set.file(),
                        samples / images,
                        radii / images,
                        all / images,
                        100 * (radii / all - 1)));
        assertThat(samples / images).isBetween(30_000.0, 50_000.0);
        assertThat(radii).isGreaterThan(0.9 * all);
    }

    /** Mean samples, and the certified accuracy at the radius that the plan loses to a fixed n, in points. */
    private static Outcome decide(List<Image> images, double sigma, double radius, SamplingPlan plan) {
        SmoothingParameters parameters = parameters(sigma);
        double needed = NORMAL.cumulativeProbability(radius / sigma);
        double samples = 0;
        int lost = 0;
        BinomialClassifier base = new BinomialClassifier();
        // One for all images, so that thresholds are computed once.
        SmoothedClassifier smoothed = new SmoothedClassifier(base, parameters);
        for (Image image : images) {
            base.reset(image.probability(), image.index());
            Certificate certificate =
                    smoothed.certify(BinomialClassifier.IMAGE, new Seed(0, 0), plan, StopCondition.NEVER);
            long n = certificate.evidence().sampling().samples();
            samples += n;
            boolean reached = certificate instanceof Certificate.Certified certified && certified.radius() >= radius;
            lost += image.correct() ? (fixedReaches(image, base, certificate, needed) ? 1 : 0) - (reached ? 1 : 0) : 0;
        }
        return new Outcome(samples / images.size(), 100.0 * lost / images.size());
    }

    private static boolean fixedReaches(Image image, BinomialClassifier base, Certificate certificate, double needed) {
        if (Math.abs(image.probability() - needed) > UNDECIDED) {
            return image.probability() > needed;
        }
        long n = certificate.evidence().estimation().samples();
        return BOUNDS[(int) (certificate.evidence().estimation().of(0) + base.successes(N - n))] >= needed;
    }

    private static SmoothingParameters parameters(double sigma) {
        return new SmoothingParameters(sigma, ALPHA, SamplingPlan.Kind.ADAPTIVE.defaultN0(), N, NoiseKind.DISCRETE);
    }

    private static double[] bounds() {
        double[] bounds = new double[N + 1];
        for (int count = N / 2; count <= N; count++) {
            bounds[count] = ClopperPearson.lowerBound(count, N, ALPHA);
        }
        return bounds;
    }

    private static void write(String name, String text) throws IOException {
        Path folder = Path.of("target", "plans");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), text);
    }

    private record Outcome(double samples, double lost) {}

    private record Image(int index, double probability, boolean correct) {}

    /** @param most mean samples at sigma/2, sigma and 2 sigma that are too many */
    private record Published(String file, double sigma, double... most) {
        List<Image> images() {
            String data = System.getenv("CATRS_DATA");
            assumeThat(data).as("CATRS_DATA names the folder of the data").isNotNull();
            Path path = Path.of(data, "reference", file);
            assumeThat(path).as("a published evaluation").matches(Files::exists);
            SplittableRandom random = new SplittableRandom(1);
            return EvaluationReader.read(path).stream()
                    .map(row -> new Image(
                            row.index(),
                            // Of an image that was abstained on, nobody knows the probability.
                            row.abstained() ? random.nextDouble(0.25, 0.5) : probability(row.radius() / sigma),
                            row.correct()))
                    .toList();
        }

        /** The share of votes whose bound shows a radius. */
        private static double probability(double radius) {
            double bound = NORMAL.cumulativeProbability(radius);
            int below = N / 2;
            int from = N;
            while (from - below > 1) {
                int middle = (below + from) / 2;
                if (BOUNDS[middle] >= bound) {
                    from = middle;
                } else {
                    below = middle;
                }
            }
            return (double) from / N;
        }
    }
}
