// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.catrs.certifier.network.session.BatchRunner;
import org.catrs.certifier.network.session.OnnxSession;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageTensor;

/**
 * Looks for an 8-bit image within an L2 distance that the smoothed classifier gives another label. It climbs down the
 * mean margin of the noisy copies, whose gradient is that of Stein's identity, E[margin(x + z) z] / sigma², moves towards
 * images of other classes, and tries random directions.
 */
final class PerturbationSearch implements AutoCloseable {
    private static final int BATCH = 50;
    private static final int GRADIENT_SAMPLES = 600;
    private static final int TRIAL_SAMPLES = 50;
    private static final int RANDOM_DIRECTIONS = 2;
    private static final int DESCENTS = 2;
    /** A candidate whose share of votes is lower is looked at with many samples. */
    private static final double PROMISING = 0.6;

    private static final int MANY_SAMPLES = 10_000;

    private final OnnxSession network;
    private final BatchRunner runner;
    private final double sigma;
    private final Random random = new Random(1);
    private long seeds = 1;

    PerturbationSearch(byte[] onnx, int classes, double sigma) throws OrtException {
        this.network = OnnxSession.open(onnx, "the network", OptLevel.EXTENDED_OPT);
        this.runner = new BatchRunner(network, BATCH, classes);
        this.sigma = sigma;
    }

    /**
     * An image within the distance whose smoothed label is another one by the vote of many samples; empty where none was
     * found.
     *
     * @param radius L2, in units of pixels scaled to [0, 1]
     * @param others images, some of which are of other classes
     */
    Optional<ImageTensor> breach(ImageTensor image, int label, double radius, List<ImageTensor> others)
            throws OrtException {
        List<Candidate> candidates = new ArrayList<>();
        for (double[] direction : directions(image, label, others)) {
            add(candidates, image, direction, label, radius);
        }
        for (int i = 0; i < DESCENTS; i++) {
            Candidate best = candidates.stream()
                    .min(Comparator.comparingDouble(Candidate::margin))
                    .orElseThrow();
            double[] down = descent(best.image(), label);
            double[] soFar = difference(best.image(), image);
            add(candidates, image, sum(scaled(soFar, radius), scaled(down, radius)), label, radius);
        }
        candidates.sort(Comparator.comparingDouble(Candidate::margin));
        for (Candidate candidate : candidates.subList(0, 2)) {
            if (candidate.share() < PROMISING
                    && look(candidate.image(), label, MANY_SAMPLES).share() < 0.5 - 3 / Math.sqrt(4.0 * MANY_SAMPLES)) {
                return Optional.of(candidate.image());
            }
        }
        return Optional.empty();
    }

    private List<double[]> directions(ImageTensor image, int label, List<ImageTensor> others) throws OrtException {
        List<double[]> directions = new ArrayList<>();
        double[] down = descent(image, label);
        directions.add(down);
        others.stream()
                .map(other -> difference(other, image))
                .filter(difference -> norm(difference) > 0)
                .sorted(Comparator.comparingDouble(PerturbationSearch::norm))
                .limit(3)
                .forEach(difference -> {
                    directions.add(difference);
                    directions.add(sum(scaled(difference, 1), scaled(down, 1)));
                });
        for (int i = 0; i < RANDOM_DIRECTIONS; i++) {
            directions.add(random.doubles(image.shape().size(), -1, 1).toArray());
        }
        return directions;
    }

    private void add(List<Candidate> candidates, ImageTensor image, double[] direction, int label, double radius)
            throws OrtException {
        candidates.add(look(moved(image, direction, radius), label, TRIAL_SAMPLES));
    }

    /** The farthest 8-bit image in a direction that lies within the radius. */
    static ImageTensor moved(ImageTensor image, double[] direction, double radius) {
        double near = 0;
        double far = 64 * radius / norm(direction);
        for (int i = 0; i < 40; i++) {
            double middle = (near + far) / 2;
            if (norm(difference(stepped(image, direction, middle), image)) < radius) {
                near = middle;
            } else {
                far = middle;
            }
        }
        return stepped(image, direction, near);
    }

    private static ImageTensor stepped(ImageTensor image, double[] direction, double step) {
        byte[] values = image.toByteArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) Math.max(0, Math.min(255, Math.round(image.value(i) + 255 * step * direction[i])));
        }
        return ImageTensor.of(image.shape(), values);
    }

    private Candidate look(ImageTensor image, int label, int samples) throws OrtException {
        double[] margins = new double[samples];
        draw(image, samples, (sample, copy, logits) -> margins[sample] = margin(logits, label));
        double sum = 0;
        int votes = 0;
        for (double margin : margins) {
            sum += margin;
            votes += margin > 0 ? 1 : 0;
        }
        return new Candidate(image, sum / samples, (double) votes / samples);
    }

    /** Against the gradient of the mean margin; pixels at an end of their range stay there. */
    private double[] descent(ImageTensor image, int label) throws OrtException {
        double[] margins = new double[GRADIENT_SAMPLES];
        float[][] drawn = new float[GRADIENT_SAMPLES][];
        draw(image, GRADIENT_SAMPLES, (sample, copy, logits) -> {
            margins[sample] = margin(logits, label);
            drawn[sample] = copy;
        });
        double mean = 0;
        for (double margin : margins) {
            mean += margin / GRADIENT_SAMPLES;
        }
        double[] down = new double[image.shape().size()];
        for (int sample = 0; sample < GRADIENT_SAMPLES; sample++) {
            for (int i = 0; i < down.length; i++) {
                down[i] -= (margins[sample] - mean) * (drawn[sample][i] - image.value(i) / 255.0);
            }
        }
        for (int i = 0; i < down.length; i++) {
            if (image.value(i) == 0 && down[i] < 0 || image.value(i) == 255 && down[i] > 0) {
                down[i] = 0;
            }
        }
        return down;
    }

    private void draw(ImageTensor image, int samples, LogitsReader reader) throws OrtException {
        NoiseSampler noise = NoiseSampler.of(NoiseKind.DISCRETE, sigma, image, new Seed(7, seeds++), Phase.ESTIMATION);
        float[][] copies = new float[BATCH][];
        for (int first = 0; first < samples; first += BATCH) {
            for (int place = 0; place < BATCH; place++) {
                noise.draw(first + place, runner.image(), 0);
                copies[place] = runner.image().clone();
                runner.put(place);
            }
            runner.run();
            for (int place = 0; place < BATCH; place++) {
                reader.read(first + place, copies[place], runner.logits(place));
            }
        }
    }

    private static double margin(float[] logits, int label) {
        double other = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < logits.length; i++) {
            if (i != label) {
                other = Math.max(other, logits[i]);
            }
        }
        return logits[label] - other;
    }

    static double[] difference(ImageTensor to, ImageTensor from) {
        double[] difference = new double[to.shape().size()];
        for (int i = 0; i < difference.length; i++) {
            difference[i] = (to.value(i) - from.value(i)) / 255.0;
        }
        return difference;
    }

    static double norm(double[] vector) {
        double sum = 0;
        for (double value : vector) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    private static double[] scaled(double[] vector, double length) {
        double norm = norm(vector);
        double[] scaled = vector.clone();
        for (int i = 0; norm > 0 && i < scaled.length; i++) {
            scaled[i] *= length / norm;
        }
        return scaled;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }

    @Override
    public void close() {
        runner.close();
        network.close();
    }

    private interface LogitsReader {
        void read(int sample, float[] copy, float[] logits);
    }

    /** @param margin mean over noisy copies of the label's logit less the largest other one */
    private record Candidate(ImageTensor image, double margin, double share) {}
}
