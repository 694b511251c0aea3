// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.intake.IncomingImage;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;
import org.junit.jupiter.api.Test;

class CertifierRegistryTest {
    private static final PlanPolicy PLANS =
            new PlanPolicy(PlanRequest.NONE, Duration.ofSeconds(60), StopCondition.NEVER);

    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final ImageShape SHAPE = new ImageShape(1, 1, 1);
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 10, 100, NoiseKind.DISCRETE);

    private final SimpleMeterRegistry meterRegistry = new SimpleMeterRegistry();
    private final CertifierMeters meters = new CertifierMeters(meterRegistry, ExecutionProvider.AUTO);
    private final CertifierRegistry certifiers = new CertifierRegistry("standard", meters);
    private final List<String> closed = new ArrayList<>();

    @Test
    void shouldCertifyWithTheModelThatTheImageNamesOrElseTheDefault() {
        put("standard", "1");
        put("other", "7");
        assertThat(certify(new RecordHeaders()).model().name()).isEqualTo("standard");
        assertThat(certify(naming("other")).model().version()).isEqualTo("7");
    }

    @Test
    void shouldRejectAnImageThatNamesAModelWhichIsNotServedAndSayWhichAre() {
        put("standard", "1");
        put("other", "1");
        assertThatThrownBy(() -> certify(naming("missing")))
                .isInstanceOfSatisfying(
                        RejectedImageException.class,
                        rejection -> assertThat(rejection.reason()).isEqualTo(RejectionReason.UNKNOWN_MODEL))
                .hasMessageContaining("'missing'")
                .hasMessageContaining("[other, standard]");
    }

    @Test
    void shouldRejectAnImageThatNamesNoModelWhileTheDefaultIsNotServed() {
        put("other", "1");
        assertThat(certifiers.hasDefault()).isFalse();
        assertThatThrownBy(() -> certify(new RecordHeaders()))
                .hasMessageContaining("the default model is 'standard', which is not served here; served are [other]");
    }

    @Test
    void shouldCertifyWithTheNewModelOnceItIsPutInTheOldOnesPlace() {
        put("standard", "1");
        put("standard", "2");
        assertThat(certify(new RecordHeaders()).model().version()).isEqualTo("2");
        assertThat(closed).containsExactly("1");
        certifiers.remove("standard");
        assertThat(closed).containsExactly("1", "2");
        assertThat(certifiers.model("standard")).isEmpty();
    }

    @Test
    void shouldFinishAnImageWithTheModelThatItBeganWithAndCloseThatModelThen() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        certifiers.put(certifier("standard", "1", new WaitingClassifier(begun, mayEnd)), () -> closed.add("1"));
        ExecutorService stream = Executors.newSingleThreadExecutor();
        try {
            Future<CertifiedPrediction> first = stream.submit(() -> certify(new RecordHeaders()));
            begun.await();
            put("standard", "2");
            assertThat(closed).isEmpty();
            assertThat(certify(new RecordHeaders()).model().version()).isEqualTo("2");
            mayEnd.countDown();
            assertThat(first.get().model().version()).isEqualTo("1");
            assertThat(closed).containsExactly("1");
        } finally {
            stream.shutdownNow();
        }
    }

    @Test
    void shouldNeverCertifyWithAClosedModelHoweverOftenModelsAreReplaced() throws Exception {
        put("standard", "0");
        ExecutorService stream = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> images = stream.submit(() -> {
                int certified = 0;
                for (; !Thread.currentThread().isInterrupted() && certified < 2_000; certified++) {
                    certify(new RecordHeaders());
                }
                return certified;
            });
            int version = 0;
            while (!images.isDone()) {
                version++;
                ClosableClassifier classifier = new ClosableClassifier();
                certifiers.put(certifier("standard", "" + version, classifier), classifier::close);
            }
            assertThat(images.get()).isEqualTo(2_000);
        } finally {
            stream.shutdownNow();
        }
    }

    @Test
    void shouldShowTheServedModelsAndNoOthersAsMetrics() {
        put("standard", "1");
        put("other", "1");
        put("standard", "2");
        certifiers.remove("other");
        assertThat(meterRegistry.get("catrs.model.info").gauges())
                .singleElement()
                .satisfies(gauge -> {
                    assertThat(gauge.value()).isEqualTo(1);
                    assertThat(gauge.getId().getTag("model")).isEqualTo("standard");
                    assertThat(gauge.getId().getTag("version")).isEqualTo("2");
                });
    }

    @Test
    void shouldCloseEveryModelWhenItIsClosed() {
        put("standard", "1");
        put("other", "2");
        certifiers.close();
        assertThat(closed).containsExactlyInAnyOrder("1", "2");
    }

    private CertifiedPrediction certify(Headers headers) {
        byte[] image = RawTensor.encode(ImageTensor.of(SHAPE, new byte[] {1}));
        return certifiers.certify(
                IncomingImage.of(
                        new ImageOrigin("images", 0, 0),
                        headers.add("content-type", utf8("application/x-catrs-tensor")),
                        image),
                Courses.untraced());
    }

    private void put(String name, String version) {
        certifiers.put(certifier(name, version, new ClosableClassifier()), () -> closed.add(version));
    }

    private ImageCertifier certifier(String name, String version, BaseClassifier classifier) {
        CertifiedPredictions predictions = new CertifiedPredictions(
                new CertifiedPrediction.Model(name, version, SHA256),
                new CertifiedPrediction.Engine("cpu", "fp32", "fake", "1", null),
                CertifiedPrediction.Independence.PROVED,
                List.of("zero", "one"));
        return new ImageCertifier(
                classifier,
                predictions,
                plan -> PARAMETERS,
                new SeedSource.Random(),
                PLANS,
                new ImageLimits(1_000, 1_000));
    }

    private static Headers naming(String model) {
        return new RecordHeaders().add("model", utf8(model));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Always votes for the first class, and fails when it is closed, as a network does. */
    private static class ClosableClassifier implements BaseClassifier {
        private volatile boolean isClosed;

        @Override
        public ImageShape inputShape() {
            return SHAPE;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            if (isClosed) {
                throw new AssertionError("a closed network was run");
            }
            return new ClassCounts(new long[] {samples, 0}, samples);
        }

        void close() {
            isClosed = true;
        }
    }

    /** Stops in the middle of an image. */
    private static final class WaitingClassifier extends ClosableClassifier {
        private final CountDownLatch begun;
        private final CountDownLatch mayEnd;

        WaitingClassifier(CountDownLatch begun, CountDownLatch mayEnd) {
            this.begun = begun;
            this.mayEnd = mayEnd;
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.count(image, parameters, seed, phase, first, samples);
        }
    }
}
