// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing.noise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors come from tests/noise_vectors.py: mpmath's erfc for the thresholds, another AES for the keystream. */
class NoiseVectorsTest {
    private static final ImageShape SHAPE = new ImageShape(1, 28, 28);

    static Stream<JsonNode> distributions() throws IOException {
        try (InputStream vectors = NoiseVectorsTest.class.getResourceAsStream("vectors.json")) {
            JsonNode all = new ObjectMapper().readTree(vectors);
            assertThat(all.size()).isEqualTo(6);
            return all.valueStream();
        }
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void shouldHaveTheThresholdsThatMpmathComputes(JsonNode vector) throws GeneralSecurityException {
        DiscreteGaussian noise = DiscreteGaussian.of(vector.get("sigma").doubleValue());

        assertThat(noise.extent()).isEqualTo(vector.get("extent").intValue());
        assertThat(noise.limit()).isEqualTo(vector.get("limit").intValue());
        JsonNode expected = vector.get("thresholds");
        long[] thresholds = noise.thresholds();
        assertThat(thresholds[noise.limit()]).isEqualTo(expected.get("at zero").longValue());
        assertThat(thresholds[2 * noise.limit()]).isEqualTo(expected.get("last").longValue());
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * thresholds.length);
        bytes.asLongBuffer().put(thresholds);
        assertThat(sha256(bytes.array())).isEqualTo(expected.get("sha256").textValue());
    }

    @ParameterizedTest
    @MethodSource("distributions")
    void shouldDrawTheSamplesThatPythonDraws(JsonNode vector) throws GeneralSecurityException {
        for (JsonNode sample : vector.get("samples")) {
            NoiseSampler sampler = NoiseSampler.of(
                    NoiseKind.DISCRETE,
                    vector.get("sigma").doubleValue(),
                    image(),
                    Seed.parse(sample.get("seed").textValue()),
                    sample.get("phase").textValue().equals("selection") ? Phase.SELECTION : Phase.ESTIMATION);
            float[] pixels = new float[SHAPE.size()];

            assertThat(sampler.draw(sample.get("index").longValue(), pixels, 0)).isTrue();

            int[] steps = new int[pixels.length];
            Arrays.setAll(steps, i -> Math.round(pixels[i] * 255));
            assertThat(Arrays.stream(steps).limit(12).mapToObj(Integer::toString))
                    .containsExactly(sample.get("first").textValue().split(" "));
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * steps.length);
            bytes.asIntBuffer().put(steps);
            assertThat(sha256(bytes.array())).isEqualTo(sample.get("sha256").textValue());
        }
    }

    private static ImageTensor image() {
        byte[] values = new byte[SHAPE.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (7 * i);
        }
        return ImageTensor.of(SHAPE, values);
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
