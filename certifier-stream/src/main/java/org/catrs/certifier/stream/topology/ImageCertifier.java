// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.util.concurrent.CancellationException;
import org.apache.kafka.common.header.Headers;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.intake.ImageIntake;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.certifier.stream.intake.TrueLabel;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.DrawnSeed;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/** Takes a record's headers and value through all stages, with one model. Safe for use by several threads. */
public final class ImageCertifier {
    private final ImageIntake intake;
    private final BaseClassifier classifier;
    private final CertifiedPredictions predictions;
    private final SmoothingParameters parameters;
    private final SmoothedClassifier smoothed;
    private final SeedSource seeds;
    private final PlanPolicy plans;
    private final CertifierMeters meters;

    /**
     * @param predictions writes the certificates of the classifier
     * @param seeds for the noise of each image
     * @param plans say how samples are spent on an image
     * @param limits on images, checked before anything is decoded
     */
    public ImageCertifier(
            BaseClassifier classifier,
            CertifiedPredictions predictions,
            SmoothingParameters parameters,
            SeedSource seeds,
            PlanPolicy plans,
            ImageLimits limits,
            CertifierMeters meters) {
        this.intake = new ImageIntake(classifier.inputShape(), limits);
        this.classifier = classifier;
        this.predictions = predictions;
        this.parameters = parameters;
        this.seeds = seeds;
        this.plans = plans;
        this.smoothed = new SmoothedClassifier(classifier, parameters);
        this.meters = meters;
    }

    /**
     * Runs the model on noise around a black image, so that the first real image finds it warm.
     *
     * @param samples number of noisy copies
     */
    public void warmUp(long samples) {
        ImageShape shape = classifier.inputShape();
        ImageTensor black = ImageTensor.of(shape, new byte[shape.size()]);
        classifier.count(black, parameters, Seed.random(), Phase.SELECTION, 0, samples);
    }

    /** How samples are spent on images that ask for nothing. */
    public SamplingPlan plan() {
        return plans.plan();
    }

    /** The model that certifies. */
    public CertifiedPrediction.Model model() {
        return predictions.model();
    }

    /** What the model runs on. */
    CertifiedPrediction.Engine engine() {
        return predictions.engine();
    }

    /**
     * Certifies a record's image.
     *
     * @throws RejectedImageException when this image cannot be certified, though others can
     */
    CertifiedPrediction certify(Headers headers, byte @Nullable [] value) {
        SamplingPlan plan = plans.plan(headers);
        ImageTensor image = meters.decoding(() -> intake.take(headers, value));
        long begin = System.nanoTime();
        DrawnSeed seed = seeds.draw(image, predictions.policy(parameters, plan.kind()));
        Certificate certificate = meters.certifying(() -> certify(image, seed.seed(), plan));
        double seconds = (System.nanoTime() - begin) / 1e9;
        Integer trueLabel = TrueLabel.of(headers, classifier.classes());
        return predictions.write(certificate, image, seed.proof(), trueLabel, seconds);
    }

    /**
     * A failure of the model is this image's alone if the model still works; otherwise every image would be rejected
     * for something that has nothing to do with it, so the failure is thrown on and stops the service.
     */
    private Certificate certify(ImageTensor image, Seed seed, SamplingPlan plan) {
        try {
            return smoothed.certify(image, seed, plan, plans.stopCondition());
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            if (e.getCause() instanceof Error) {
                throw e;
            }
            warmUp(1);
            throw new RejectedImageException(
                    RejectionReason.INFERENCE_FAILED, "the model failed on this image: " + e.getMessage(), e);
        }
    }
}
