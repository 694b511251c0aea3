// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import java.util.List;
import java.util.Map;
import org.catrs.schemas.event.CertifiedPrediction.Engine;
import org.catrs.schemas.event.CertifiedPrediction.Model;
import org.catrs.schemas.event.CertifiedPrediction.Outcome;
import org.catrs.schemas.event.Sampling.Attempt;
import org.catrs.schemas.event.Sampling.Look;
import org.catrs.schemas.event.Sampling.Stop;
import org.catrs.schemas.image.ImageShape;
import org.jspecify.annotations.Nullable;

/** One event of each kind and more where kinds have several shapes; the golden files hold the same. */
public final class SampleEvents {
    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final String SEED = "00112233445566778899aabbccddeeff";
    private static final Model MODEL = new Model("digits", "1", SHA256);
    private static final Engine ENGINE = new Engine("cpu", "fp32", "onnxruntime", "1.29.0", null);

    public static final CertifiedPrediction CERTIFIED = new CertifiedPrediction(
            Outcome.CERTIFIED,
            1,
            "one",
            0.6215,
            0.893,
            1,
            List.of(10L, 90L),
            List.of(60L, 940L),
            0.5,
            0.001,
            100,
            1000,
            "fixed",
            "discrete",
            SEED,
            SHA256,
            MODEL,
            ENGINE,
            1,
            0.75,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    public static final CertifiedPrediction ABSTAINED = new CertifiedPrediction(
            Outcome.ABSTAINED,
            null,
            null,
            0,
            0.44,
            0,
            List.of(60L, 40L),
            List.of(3_000_000_000L, 3_000_000_000L),
            0.5,
            1e-9,
            100,
            6_000_000_000L,
            "fixed",
            "gaussian",
            SEED,
            SHA256,
            MODEL,
            ENGINE,
            null,
            0,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    public static final CertifiedPrediction FIXED = with(
            CERTIFIED,
            "fixed",
            new Sampling(
                    null,
                    null,
                    null,
                    1000,
                    Stop.ALL_SAMPLES,
                    List.of(new Attempt(1, 0.001, 0, null, List.of(new Look(1000, 940, 0.001))))),
            null,
            null);

    /** A certificate with every field of version 2, after a restart. */
    public static final CertifiedPrediction ADAPTIVE = with(
            CERTIFIED,
            "adaptive",
            new Sampling(
                    0.5,
                    0.9,
                    2.5,
                    5_000_000_000L,
                    Stop.TARGET_REACHED,
                    List.of(
                            new Attempt(0, 0.0005, 0, null, List.of(new Look(100, 10, 0.00001))),
                            new Attempt(
                                    1,
                                    0.00025,
                                    100,
                                    null,
                                    List.of(new Look(100, 95, 0.000005), new Look(1000, 940, 0.000005))))),
            "c2lnbmF0dXJl",
            "0123456789abcdef");

    /** A certificate with every field of version 3. The proof is that of RFC 9381, appendix B.3, example 16. */
    public static final CertifiedPrediction FORCED = new CertifiedPrediction(
            Outcome.CERTIFIED,
            1,
            "one",
            0.6215,
            0.893,
            1,
            List.of(10L, 90L),
            List.of(60L, 940L),
            0.5,
            0.001,
            100,
            1000,
            "deadline",
            "discrete",
            SEED,
            SHA256,
            MODEL,
            new Engine("cpu", "fp32", "onnxruntime", "1.29.0", "avx2"),
            1,
            0.75,
            new Sampling(
                    0.5,
                    0.9,
                    2.5,
                    100_000,
                    Stop.SHUTDOWN,
                    List.of(new Attempt(
                            1, 0.0005, 0, 1, List.of(new Look(100, 95, 0.0005), new Look(1000, 940, 0.0005))))),
            CertifiedPrediction.Independence.PROVED,
            "0123456789abcdef",
            "hlcQZpC1UmJFqSsAO7B5zNGpITBHdnH2/AGtFvJvcj8m+KV8yu107hsZC+0fR52XJ9LQ+bAFpuRWo11PsNqrEmihsNsQg22YJqUoynZWeAU=",
            SHA256,
            new ImageOrigin("images", 3, 5_000_000_000L),
            1_796_000_000_000L,
            "c2lnbmF0dXJl",
            "0123456789abcdef");

    public static final ImageRejection REJECTION = new ImageRejection(
            "decode",
            "CORRUPT_IMAGE",
            "the checksum of a PNG chunk does not match its content",
            "org.catrs.schemas.image.ImageDecodingException",
            "images",
            3,
            5_000_000_000L,
            null,
            null);

    public static final ImageRejection ANSWERED_REJECTION = new ImageRejection(
            "intake",
            "TOO_MANY_BYTES",
            "an image may have at most 67108864 bytes, found 67108865",
            "org.catrs.certifier.stream.intake.RejectedImageException",
            "images",
            3,
            5_000_000_000L,
            "value",
            1_796_000_000_000L);

    public static final ModelRelease RELEASE = new ModelRelease(
            "digits",
            "1",
            "file:///models/digits/1",
            SHA256,
            null,
            0.5,
            List.of("0", "1"),
            new ImageShape(1, 28, 28),
            new ModelRelease.Plan("fixed", 100, 100_000, 0.001),
            null);

    public static final ModelRelease ISSUED_RELEASE = new ModelRelease(
            "digits",
            "2",
            "s3://models/digits/2/",
            SHA256,
            "c2lnbmF0dXJl",
            0.5,
            List.of("0", "1"),
            new ImageShape(1, 28, 28),
            new ModelRelease.Plan("adaptive", 100, 100_000, 0.001),
            1_796_000_000_000L);

    public static final ModelStatus SERVED = new ModelStatus(
            "digits", "certifier-0:8080", ModelStatus.State.SERVED, "1", SHA256, "1", SHA256, null, null);

    public static final ModelStatus REFUSED = new ModelStatus(
            "digits",
            "certifier-0:8080",
            ModelStatus.State.REFUSED,
            "2",
            SHA256,
            "1",
            SHA256,
            "WRONG_SIGNATURE",
            "no key that is known here signed the manifest");

    public static final TrainingJob JOB = new TrainingJob(
            "job-1", "digits", "mnist", null, Map.of("sigma", "0.5", "method", "cat-rs", "lambda", "2"));

    public static final TrainingStatus STATUS = new TrainingStatus(
            "job-1", TrainingStatus.State.RUNNING, 1.5, Map.of("low", 0.25, "high", 0.125), null, null);

    public static final CertificationRates RATES = new CertificationRates(
            "digits",
            List.of("1", "2"),
            1_767_225_600_000L,
            1_767_225_660_000L,
            6_000_000_001L,
            Map.of("1", 6_000_000_000L),
            0,
            Map.of("CORRUPT_IMAGE", 1L),
            new CertificationRates.Quantiles(0.5, 1, 1.5, 2, 2.25),
            new CertificationRates.Quantiles(0.5, 0.75, 0.875, 0.9375, 0.96875),
            1100.0,
            2,
            Map.of("0", 1.0, "0.5", 0.5));

    public static final CertificationRates ONLY_REJECTED = new CertificationRates(
            "digits", List.of(), 0, 60_000, 2, Map.of(), 0, Map.of("UNKNOWN_MODEL", 2L), null, null, null, 0, Map.of());

    public static final ShiftEvent SHIFT = new ShiftEvent(
            "digits",
            "1",
            SHA256,
            "adaptive",
            0.5,
            1_767_225_600_000L,
            ShiftEvent.State.BEGAN,
            ShiftEvent.Measure.LABELS,
            "label 8",
            0.0975,
            1,
            9,
            2_000,
            0.05,
            0.01);

    public static final List<Event> ALL = List.of(
            CERTIFIED,
            ABSTAINED,
            FIXED,
            ADAPTIVE,
            FORCED,
            REJECTION,
            ANSWERED_REJECTION,
            RELEASE,
            ISSUED_RELEASE,
            SERVED,
            REFUSED,
            JOB,
            STATUS,
            RATES,
            ONLY_REJECTED,
            SHIFT);

    private SampleEvents() {}

    private static CertifiedPrediction with(
            CertifiedPrediction event,
            String plan,
            Sampling sampling,
            @Nullable String signature,
            @Nullable String signingKey) {
        return new CertifiedPrediction(
                event.outcome(),
                event.label(),
                event.className(),
                event.radius(),
                event.probabilityLowerBound(),
                event.candidate(),
                event.selectionCounts(),
                event.estimationCounts(),
                event.sigma(),
                event.alpha(),
                event.n0(),
                event.n(),
                plan,
                event.noise(),
                event.seed(),
                event.imageSha256(),
                event.model(),
                event.engine(),
                event.trueLabel(),
                event.seconds(),
                sampling,
                event.independence(),
                event.noiseKey(),
                event.noiseProof(),
                event.policy(),
                event.origin(),
                event.answered(),
                signature,
                signingKey);
    }
}
