// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.adversary;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageTensor;

/**
 * Looks for the 8-bit image at an L2 distance on which the smoothed classifier is least sure of a label. It goes down
 * the label's probability, whose gradient is that of Stein's identity, E[1{f(x + z) = label} z] / sigma², moves towards
 * other images, and tries random directions. The same image, budget and images around it give the same answer.
 *
 * <p>What it finds is no proof: another search may find worse. An instance serves one thread.
 */
public final class PerturbationSearch {
    /** Fewest noisy copies that a search can do with. */
    public static final int LEAST_BUDGET = 500;

    private static final double NEARLY_ALL = 0.95;
    private static final int DESCENTS = 2;
    private static final int NEIGHBOURS = 3;
    private static final int RANDOM_DIRECTIONS = 2;

    /** Parts of the budget: a gradient is a sixth, a look at a candidate a sixtieth; what is left is the last vote. */
    private static final int GRADIENT_PART = 6;

    private static final int TRIAL_PART = 60;

    /** Where nearly all copies vote for the label, no copy shows where others would: then the noise is made wider. */
    private static final double SURE = 0.95;

    private static final double WIDER = 2;
    private static final int MOST_WIDENINGS = 6;
    private static final double WIDEST = 20;

    private final BaseClassifier classifier;
    private final double sigma;
    private final Random random = new Random(1);
    private long seeds = 1;

    /** @param sigma of the smoothed classifier's noise, in units of pixels scaled to [0, 1] */
    public PerturbationSearch(BaseClassifier classifier, double sigma) {
        this.classifier = classifier;
        this.sigma = sigma;
    }

    /**
     * The worst image found.
     *
     * @param label whose probability is brought down
     * @param radius L2, in units of pixels scaled to [0, 1], above 0; the image lies as close below it as 8 bits allow
     * @param budget number of noisy copies, at least {@value #LEAST_BUDGET}
     * @param others images, some of which may be of other classes; none are needed
     * @throws IllegalArgumentException when radius or budget is out of its range
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    public Perturbation worst(ImageTensor image, int label, double radius, int budget, List<ImageTensor> others) {
        if (!(radius > 0) || budget < LEAST_BUDGET) {
            throw new IllegalArgumentException("a search needs a radius above 0 and a budget of at least "
                    + LEAST_BUDGET + ", found " + radius + " and " + budget);
        }
        int trial = budget / TRIAL_PART;
        double wide = sigmaThatTells(image, label, trial);
        int gradient = budget / GRADIENT_PART;
        List<Candidate> candidates = new ArrayList<>();
        for (double[] direction : directions(image, descent(image, label, wide, gradient), others)) {
            candidates.add(candidate(image, direction, radius, label, wide, trial));
        }
        for (int i = 0; i < DESCENTS; i++) {
            ImageTensor soFar = best(candidates, radius).image();
            double[] down = descent(soFar, label, wide, gradient);
            double[] on = EightBitSteps.between(EightBitSteps.difference(soFar, image), down);
            candidates.add(candidate(image, on, radius, label, wide, trial));
        }
        ImageTensor worst = best(candidates, radius).image();
        int left = budget - (1 + DESCENTS) * gradient - (candidates.size() + MOST_WIDENINGS) * trial;
        return new Perturbation(
                worst, EightBitSteps.distance(worst, image), count(worst, sigma, Math.max(trial, left)));
    }

    /** One that was cut off at black and white lies nearer, and one without a direction did not move: they come last. */
    private static Candidate best(List<Candidate> candidates, double radius) {
        return candidates.stream()
                .min(Comparator.comparing((Candidate candidate) -> candidate.size() < NEARLY_ALL * radius)
                        .thenComparingDouble(Candidate::share))
                .orElseThrow();
    }

    private double sigmaThatTells(ImageTensor image, int label, int samples) {
        double wide = sigma;
        for (int i = 0; i < MOST_WIDENINGS && wide * WIDER <= WIDEST; i++) {
            if (count(image, wide, samples).of(label) < SURE * samples) {
                break;
            }
            wide *= WIDER;
        }
        return wide;
    }

    private List<double[]> directions(ImageTensor image, double[] down, List<ImageTensor> others) {
        List<double[]> directions = new ArrayList<>();
        directions.add(down);
        others.stream()
                .filter(other -> other.shape().equals(image.shape()))
                .map(other -> EightBitSteps.difference(other, image))
                .filter(difference -> EightBitSteps.norm(difference) > 0)
                .sorted(Comparator.comparingDouble(EightBitSteps::norm))
                .limit(NEIGHBOURS)
                .forEach(difference -> {
                    directions.add(difference);
                    directions.add(EightBitSteps.between(difference, down));
                });
        for (int i = 0; i < RANDOM_DIRECTIONS; i++) {
            directions.add(random.doubles(image.shape().size(), -1, 1).toArray());
        }
        return directions;
    }

    private Candidate candidate(
            ImageTensor image, double[] direction, double radius, int label, double wide, int samples) {
        ImageTensor moved = EightBitSteps.moved(image, direction, radius);
        double share = (double) count(moved, wide, samples).of(label) / samples;
        return new Candidate(moved, share, EightBitSteps.distance(moved, image));
    }

    /** Against the gradient of the label's probability. */
    private double[] descent(ImageTensor image, int label, double wide, int samples) {
        Seed seed = nextSeed();
        List<SampleRange> ranges = LongStream.range(0, samples)
                .mapToObj(sample -> new SampleRange(Phase.ESTIMATION, sample, 1))
                .toList();
        List<ClassCounts> votes = classifier.countAll(image, noise(wide, samples), seed, ranges, Urgency.NONE);
        double mean = votes.stream().mapToLong(vote -> vote.of(label)).sum() / (double) samples;
        NoiseSampler noise = NoiseSampler.of(NoiseKind.DISCRETE, wide, image, seed, Phase.ESTIMATION);
        float[] copy = new float[image.shape().size()];
        double[] down = new double[copy.length];
        for (int sample = 0; sample < samples; sample++) {
            if (noise.draw(sample, copy, 0)) {
                double weight = mean - votes.get(sample).of(label);
                for (int i = 0; i < down.length; i++) {
                    down[i] += weight * (copy[i] - image.value(i) / 255.0);
                }
            }
        }
        return EightBitSteps.inRange(down, image);
    }

    private ClassCounts count(ImageTensor image, double wide, int samples) {
        return classifier.count(image, noise(wide, samples), nextSeed(), Phase.ESTIMATION, 0, samples);
    }

    private static SmoothingParameters noise(double wide, int samples) {
        return new SmoothingParameters(
                wide, SmoothingParameters.DEFAULT_ALPHA, SmoothingParameters.DEFAULT_N0, samples, NoiseKind.DISCRETE);
    }

    private Seed nextSeed() {
        return new Seed(7, seeds++);
    }

    private record Candidate(ImageTensor image, double share, double size) {}
}
