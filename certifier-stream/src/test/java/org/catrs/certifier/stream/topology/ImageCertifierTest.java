// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.catrs.certifier.network.MixedWhereBright;
import org.catrs.certifier.network.Networks;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.options.Assurance;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.stream.intake.IncomingImage;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.outcome.TestKeys;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.image.RawTensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageCertifierTest {
    private static final ImageOrigin ORIGIN = new ImageOrigin("images", 3, 42);
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 1_000, NoiseKind.DISCRETE);
    private static final CertifiedPredictions WRITER = new CertifiedPredictions(
            new CertifiedPrediction.Model("fake", "1", "ab".repeat(32)),
            new CertifiedPrediction.Engine("cpu", "fp32", "fake", "1", null),
            CertifiedPrediction.Independence.PROVED,
            List.of());

    @TempDir
    private Path folder;

    private SeedSource seeds;

    @BeforeEach
    void makeKey() {
        seeds = SeedSource.of(TestKeys.in(folder).privateKey());
    }

    @Test
    void shouldForceTheSameSeedWhateverRadiusAndTimeTheHeadersAskFor() {
        ImageCertifier certifier = certifier(seeds);
        CertifiedPrediction near = certify(certifier, 2, "target-radius", "0.1");
        CertifiedPrediction far = certify(certifier, 2, "target-radius", "1.2");
        CertifiedPrediction soon = certify(certifier, 2, "deadline", "1e-9");
        CertifiedPrediction late = certify(certifier, 2, "deadline", "50");

        assertThat(near.n()).isLessThan(far.n());
        assertThat(soon.n()).isLessThan(late.n());
        assertThat(far.seed()).isEqualTo(near.seed());
        assertThat(late.seed()).isEqualTo(soon.seed());
        assertThat(late.seed()).as("the plan is part of the policy").isNotEqualTo(near.seed());
        assertThat(near.noiseProof()).isEqualTo(far.noiseProof());
        assertThat(near.policy())
                .isEqualTo(WRITER.policy(PARAMETERS, SamplingPlan.Kind.ADAPTIVE).sha256());
    }

    @Test
    void shouldForceAnotherSeedOnAnotherImage() {
        ImageCertifier certifier = certifier(seeds);
        assertThat(certify(certifier, 1, "true-label", "1").seed())
                .isEqualTo(certify(certifier, 1, "true-label", "2").seed())
                .isNotEqualTo(certify(certifier, 2, "true-label", "1").seed());
    }

    @Test
    void shouldSayNothingOfANoiseKeyWithoutOne() {
        CertifiedPrediction answer = certify(certifier(SeedSource.of(null)), 2, "true-label", "1");
        assertThat(answer.noiseKey()).isNull();
        assertThat(answer.noiseProof()).isNull();
        assertThat(answer.policy()).isNull();
    }

    @Test
    void shouldStopForAModelThatIsNoFixedFunctionInsteadOfBlamingAnImage() throws IOException {
        Path onnx = Files.write(folder.resolve("mixed.onnx"), MixedWhereBright.of(Networks.bytes("model/rows/model")));
        InferenceOptions tried = InferenceOptions.DEFAULT.with(Assurance.TRIED);
        try (OpenModel model = OpenModel.open(onnx, new ModelOverrides(0.25, null, List.of(), tried))) {
            ImageCertifier certifier = certifier(model.classifier(), seeds);
            certifier.warmUp(1);
            byte[] bright = RawTensor.encode(MixedWhereBright.brightImage(model.inputShape()));
            byte[] black = RawTensor.encode(MixedWhereBright.blackImage(model.inputShape()));

            for (byte[] image : List.of(bright, black)) {
                assertThatThrownBy(() -> certifier.certify(
                                IncomingImage.of(ORIGIN, headers("true-label", "1"), image), Courses.untraced()))
                        .isInstanceOf(InvalidDataException.class)
                        .hasMessageContaining("mixed.onnx gives one image the logit ");
            }
        }
    }

    private static CertifiedPrediction certify(ImageCertifier certifier, int value, String header, String text) {
        byte[] tensor = RawTensor.encode(ImageTensor.of(ScriptedClassifier.SHAPE, new byte[] {(byte) value, 0}));
        return certifier.certify(IncomingImage.of(ORIGIN, headers(header, text), tensor), Courses.untraced());
    }

    private static RecordHeaders headers(String header, String text) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("content-type", "application/x-catrs-tensor".getBytes(UTF_8));
        headers.add(header, text.getBytes(UTF_8));
        return headers;
    }

    private static ImageCertifier certifier(SeedSource seeds) {
        return certifier(new ScriptedClassifier(), seeds);
    }

    private static ImageCertifier certifier(BaseClassifier classifier, SeedSource seeds) {
        return new ImageCertifier(
                classifier,
                WRITER,
                plan -> PARAMETERS,
                seeds,
                new PlanPolicy(PlanRequest.NONE, Duration.ofSeconds(60), StopCondition.NEVER),
                new ImageLimits(1_000, 1_000));
    }
}
