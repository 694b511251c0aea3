// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.benchmark;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.counts.BatchFill;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.program.terminal.Terminal;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Certifies many images at once with the adaptive plan, as a certifier does that has many at hand. For tests/bench-gpu. */
@Command(
        name = "many-images",
        description = "Certifies images with the adaptive plan, many at once, and prints a line of JSON: images and "
                + "samples a second, samples an image, and the share of the batches' places that was used.",
        mixinStandardHelpOptions = true)
final class ManyImages implements Runnable {
    /** The adaptive plan's default. */
    private static final int N0 = 32;

    private static final long N = 100_000;

    @Option(names = "--model", required = true, description = "an ONNX file")
    private Path model;

    @Option(names = "--sigma", required = true, description = "of the noise")
    private double sigma;

    @Option(names = "--target-radius", defaultValue = "0.25", description = "of the plan (default: ${DEFAULT-VALUE})")
    private double targetRadius;

    @Option(names = "--provider", defaultValue = "cpu", description = "cpu, or as certify has it")
    private String provider;

    @Option(names = "--onnxruntime-natives", description = "folder of ONNX Runtime's libraries")
    private @Nullable Path natives;

    @Option(names = "--precision", description = "fp32 or fp16")
    private @Nullable Precision precision;

    @Option(names = "--batch", defaultValue = "0", description = "noisy images in a run at most; 0 for what suits")
    private int batch;

    @Option(names = "--at-once", defaultValue = "128", description = "images at once (default: ${DEFAULT-VALUE})")
    private int callers;

    @Option(names = "--seconds", defaultValue = "10", description = "how long (default: ${DEFAULT-VALUE})")
    private double seconds;

    @Spec
    private CommandSpec spec;

    private final LongAdder images = new LongAdder();
    private final LongAdder samples = new LongAdder();

    private ManyImages() {}

    public static void main(String[] arguments) {
        System.exit(Terminal.run(new ManyImages(), arguments));
    }

    @Override
    public void run() {
        InferenceOptions inference =
                new InferenceOptions(0, precision, ExecutionProvider.parse(provider), natives, new Tuning(null, batch));
        try (OpenModel opened = OpenModel.open(model, new ModelOverrides(sigma, null, List.of(), inference))) {
            certify(opened, seconds / 5);
            images.reset();
            samples.reset();
            BatchFill before = opened.batchFill();
            double took = certify(opened, seconds);
            BatchFill after = opened.batchFill();
            double fill = (double) (after.used() - before.used()) / (after.slots() - before.slots());
            PrintWriter out = spec.commandLine().getOut();
            out.printf(
                    Locale.ROOT,
                    "{\"imagesPerSecond\": %.1f, \"samplesPerSecond\": %.0f, \"samplesPerImage\": %.1f, \"fill\": %.3f,"
                            + " \"provider\": \"%s\"}%n",
                    images.sum() / took,
                    samples.sum() / took,
                    (double) samples.sum() / images.sum(),
                    fill,
                    opened.engine().provider());
            out.flush();
        }
    }

    /** Seconds that it took. */
    private double certify(OpenModel opened, double least) {
        ExecutorService threads = Executors.newFixedThreadPool(callers, DaemonThreads.named("caller"));
        try {
            long begin = System.nanoTime();
            long end = begin + (long) (least * 1e9);
            List<Future<?>> all = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int number = caller;
                all.add(threads.submit(() -> certifyUntil(end, opened, number)));
            }
            for (Future<?> one : all) {
                one.get();
            }
            return (System.nanoTime() - begin) / 1e9;
        } catch (ExecutionException e) {
            throw new IllegalStateException("an image was not certified", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private void certifyUntil(long end, OpenModel opened, int caller) {
        byte[] values = new byte[opened.inputShape().size()];
        new Random(caller).nextBytes(values);
        ImageTensor image = ImageTensor.of(opened.inputShape(), values);
        SmoothedClassifier smoothed = new SmoothedClassifier(
                opened.classifier(),
                new SmoothingParameters(sigma, SmoothingParameters.DEFAULT_ALPHA, N0, N, NoiseKind.DISCRETE));
        SamplingPlan plan = new SamplingPlan.TargetRadius(targetRadius);
        do {
            Certificate certificate = smoothed.certify(image, Seed.random(), plan, StopCondition.NEVER);
            images.increment();
            samples.add(N0 + certificate.evidence().estimation().samples());
        } while (System.nanoTime() < end);
    }
}
