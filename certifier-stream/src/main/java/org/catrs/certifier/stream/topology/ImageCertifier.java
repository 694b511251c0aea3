// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.intake.ImageIntake;
import org.catrs.certifier.stream.intake.IncomingImage;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.certifier.stream.intake.TrueLabel;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.outcome.Occasion;
import org.catrs.certifier.stream.seed.DrawnSeed;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** Takes a record's image through all stages, with one model. Safe for use by several threads. */
public final class ImageCertifier {
    private final ImageIntake intake;
    private final BaseClassifier classifier;
    private final CertifiedPredictions predictions;
    private final Map<SamplingPlan.Kind, SmoothedClassifier> smoothed = new EnumMap<>(SamplingPlan.Kind.class);
    private final SeedSource seeds;
    private final PlanPolicy plans;

    /**
     * @param predictions writes the certificates of the classifier
     * @param parameters give each plan what it certifies with
     * @param seeds for the noise of each image
     * @param plans say how samples are spent on an image
     * @param limits on images, checked before anything is decoded
     */
    public ImageCertifier(
            BaseClassifier classifier,
            CertifiedPredictions predictions,
            Function<SamplingPlan.Kind, SmoothingParameters> parameters,
            SeedSource seeds,
            PlanPolicy plans,
            ImageLimits limits) {
        this.intake = new ImageIntake(classifier.inputShape(), limits);
        this.classifier = classifier;
        this.predictions = predictions;
        this.seeds = seeds;
        this.plans = plans;
        for (SamplingPlan.Kind kind : SamplingPlan.Kind.values()) {
            smoothed.put(kind, new SmoothedClassifier(classifier, parameters.apply(kind)));
        }
    }

    /**
     * Runs the model on noise around a black image, so that the first real image finds it warm.
     *
     * @param samples number of noisy copies
     */
    public void warmUp(long samples) {
        ImageShape shape = classifier.inputShape();
        ImageTensor black = ImageTensor.of(shape, new byte[shape.size()]);
        classifier.count(black, parameters(plans.request().resolved()), Seed.random(), Phase.SELECTION, 0, samples);
    }

    /** What a plan certifies with. */
    public SmoothingParameters parameters(SamplingPlan.Kind plan) {
        return smoothed(plan).parameters();
    }

    private SmoothedClassifier smoothed(SamplingPlan.Kind plan) {
        return Objects.requireNonNull(smoothed.get(plan), "all plans have one");
    }

    /** How samples are spent on images that ask for nothing. */
    public SamplingPlan plan() {
        return plans.plan();
    }

    /** The model that certifies. */
    public CertifiedPrediction.Model model() {
        return predictions.model();
    }

    /** The network that is smoothed. */
    public BaseClassifier classifier() {
        return classifier;
    }

    /** Names of the classes, in the order of the logits. */
    public List<String> classNames() {
        return predictions.classNames();
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
    CertifiedPrediction certify(IncomingImage incoming, ImageCourse course) {
        SamplingPlan plan = plans.plan(incoming.headers());
        ImageTensor image = course.time(Work.DECODE, () -> intake.take(incoming));
        long begin = System.nanoTime();
        DrawnSeed seed = seeds.draw(image, predictions.policy(parameters(plan.kind()), plan.kind()));
        Certificate certificate = course.time(Work.CERTIFY, () -> certify(image, seed.seed(), plan));
        double seconds = (System.nanoTime() - begin) / 1e9;
        Integer trueLabel = TrueLabel.of(incoming.headers(), classifier.classes());
        return predictions.write(certificate, image, seed.proof(), Occasion.now(trueLabel, seconds, incoming.origin()));
    }

    /**
     * A failure of the model is this image's alone if the model still works; otherwise every image would be rejected
     * for something that has nothing to do with it, so the failure is thrown on and stops the service.
     */
    private Certificate certify(ImageTensor image, Seed seed, SamplingPlan plan) {
        try {
            return smoothed(plan.kind()).certify(image, seed, plan, plans.stopCondition());
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
