// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.catrs.certifier.adversary.Perturbation;
import org.catrs.certifier.adversary.PerturbationSearch;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.Evidence;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.topology.ImageCertifier;
import org.catrs.console.view.Tile.Outcome;
import org.catrs.console.view.Trials;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.Sampling.Stop;
import org.catrs.schemas.image.ImageFiles;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/**
 * Trials with the models that are served. They follow a deadline plan, whose bound holds at all numbers of samples at once:
 * what the page shows on the way is a certificate each time, and all of them hold together.
 */
public final class ModelTrials implements Trials {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(120);
    private static final Duration UNHURRIED = Duration.ofHours(1);
    private static final int COPIES = 5;
    private static final int BUDGET = 12_000;
    /** No number of samples up to 10^9 shows a radius of so many sigma. */
    private static final double MOST_SIGMAS = 6.5;

    private static final SamplingPlan.Kind PLAN = SamplingPlan.Kind.DEADLINE;

    private final ConsoleModels models;
    private final ImageLimits limits;
    private final Access access;
    private final Map<String, Double> speeds = new ConcurrentHashMap<>();

    /** @param models that are served */
    public ModelTrials(ConsoleModels models, ImageLimits limits, Access access) {
        this.models = models;
        this.limits = limits;
        this.access = access;
    }

    @Override
    public List<Model> models() {
        return models.names().stream()
                .flatMap(name -> models.with(name, ModelTrials::model).stream())
                .toList();
    }

    private static Model model(ImageCertifier certifier) {
        ImageShape shape = certifier.classifier().inputShape();
        return new Model(
                certifier.model().name(),
                certifier.model().version(),
                certifier.parameters(PLAN).sigma(),
                shape.channels(),
                shape.height(),
                shape.width(),
                certifier.classNames());
    }

    @Override
    public int mostBytes() {
        return limits.maxBytes();
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public void certify(byte[] image, Request request, Consumer<Progress> progress) {
        Optional<Boolean> done = models.with(request.model(), certifier -> {
            certify(image, certifier, request, progress);
            return true;
        });
        if (done.isEmpty()) {
            throw new InvalidDataException("the model is not served here any more");
        }
    }

    private void certify(byte[] bytes, ImageCertifier certifier, Request request, Consumer<Progress> progress) {
        ImageTensor image =
                ImageFiles.read(bytes, "the image", certifier.classifier().inputShape(), limits);
        SmoothedClassifier smoothed =
                new SmoothedClassifier(new Unhurried(certifier.classifier()), parameters(certifier, request));
        SamplingPlan.Deadline plan = new SamplingPlan.Deadline(BETWEEN_LOOKS, request.targetRadius());
        long begin = System.nanoTime();
        Certificate certificate = smoothed.certify(image, Seed.random(), plan, StopCondition.NEVER);
        while (certificate.evidence().sampling().stop() == Stop.DEADLINE) {
            progress.accept(progress(certificate, begin, false));
            certificate = smoothed.resume(image, certificate.evidence(), plan, StopCondition.NEVER);
        }
        Progress last = progress(certificate, begin, true);
        speeds.put(request.model(), last.n() / Math.max(last.seconds(), 1e-3));
        progress.accept(last);
    }

    private static SmoothingParameters parameters(ImageCertifier certifier, Request request) {
        SmoothingParameters served = certifier.parameters(PLAN);
        return new SmoothingParameters(served.sigma(), request.alpha(), served.n0(), request.n(), served.noise());
    }

    private static Progress progress(Certificate certificate, long begin, boolean isDone) {
        Evidence evidence = certificate.evidence();
        return new Progress(
                isDone,
                certificate instanceof Certificate.Certified ? Outcome.CERTIFIED : Outcome.ABSTAINED,
                evidence.candidate(),
                evidence.estimation().toList(),
                evidence.estimation().samples(),
                evidence.probabilityLowerBound(),
                certificate instanceof Certificate.Certified certified ? certified.radius() : 0,
                (System.nanoTime() - begin) / 1e9,
                isDone ? evidence.sampling().stop().name() : null);
    }

    @Override
    public Ball ball(byte[] image, String model, int label, double radius) {
        return models.with(model, certifier -> ball(image, certifier, label, radius))
                .orElseThrow(() -> new InvalidDataException("the model is not served here any more"));
    }

    private Ball ball(byte[] bytes, ImageCertifier certifier, int label, double radius) {
        BaseClassifier classifier = new Unhurried(certifier.classifier());
        double sigma = certifier.parameters(PLAN).sigma();
        if (label < 0 || label >= classifier.classes() || !(radius > 0 && radius <= MOST_SIGMAS * sigma)) {
            throw new InvalidDataException("a ball has a label of the model and a radius that it can certify");
        }
        ImageTensor image = ImageFiles.read(bytes, "the image", classifier.inputShape(), limits);
        Perturbation worst = new PerturbationSearch(classifier, sigma).worst(image, label, radius, BUDGET, List.of());
        return new Ball(
                new NoisyCopies(classifier, certifier.parameters(PLAN)).of(image, COPIES),
                PngPicture.inBase64(worst.image()),
                PngPicture.inBase64(NoisyCopies.added(worst.image(), image)),
                worst.size(),
                worst.votes().toList(),
                worst.votes().samples());
    }

    @Override
    public Optional<Cost> cost(Request request) {
        return models.with(
                request.model(),
                certifier -> cost(
                        parameters(certifier, request), certifier.classifier().classes(), request));
    }

    private Cost cost(SmoothingParameters parameters, int classes, Request request) {
        Double target = request.targetRadius();
        return new Cost(
                unanimous(parameters, classes, null) instanceof Certificate.Certified all ? all.radius() : 0,
                target == null ? null : leastSamples(unanimous(parameters, classes, target)),
                speeds.get(request.model()));
    }

    private static @Nullable Long leastSamples(Certificate certificate) {
        return certificate.evidence().sampling().stop() == Stop.TARGET_REACHED
                ? certificate.evidence().estimation().samples()
                : null;
    }

    private static Certificate unanimous(SmoothingParameters parameters, int classes, @Nullable Double target) {
        return new SmoothedClassifier(new Unanimous(classes), parameters)
                .certify(
                        Unanimous.IMAGE,
                        Seed.random(),
                        new SamplingPlan.Deadline(UNHURRIED, target),
                        StopCondition.NEVER);
    }
}
