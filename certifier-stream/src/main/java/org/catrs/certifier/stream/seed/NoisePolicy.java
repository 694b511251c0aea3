// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.seed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.schemas.Sha256;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.event.Sampling;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.json.CanonicalJson;
import org.catrs.schemas.json.JsonRecords;

/**
 * What a seed depends on beside the image and the noise key. Whatever is in it and can be varied is a fresh draw of the noise
 * for whoever varies it: nothing is in it that a request chooses among more than a few values.
 *
 * @param model SHA-256 of the network's ONNX file, lower-case hex
 * @param provider execution provider, such as {@code cpu}
 * @param precision of the network's arithmetic, such as {@code fp32}
 * @param engine such as {@code onnxruntime}
 * @param engineVersion the engine's version, with the level of optimisation
 * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
 * @param noise kind of the noise
 * @param alpha failure probability of a certificate
 * @param n0 number of selection samples
 * @param plan name of the sampling plan
 * @param n most estimation samples of an attempt
 */
public record NoisePolicy(
        String model,
        String provider,
        String precision,
        String engine,
        String engineVersion,
        double sigma,
        String noise,
        double alpha,
        long n0,
        String plan,
        long n) {
    /** Says what the rest of an input is, so that no other use of a key can have the same one. */
    private static final byte[] PURPOSE = "catrs noise v1".getBytes(StandardCharsets.US_ASCII);

    /** @throws IllegalArgumentException when the hash is none */
    public NoisePolicy {
        Sha256.requireHex(model);
    }

    /** The policy of a model that certifies by a plan. */
    public static NoisePolicy of(
            CertifiedPrediction.Model model,
            CertifiedPrediction.Engine engine,
            SmoothingParameters parameters,
            SamplingPlan.Kind plan) {
        return new NoisePolicy(
                model.sha256(),
                engine.provider(),
                engine.precision(),
                engine.name(),
                engine.version(),
                parameters.sigma(),
                parameters.noise().toString(),
                parameters.alpha(),
                parameters.n0(),
                plan.toString(),
                parameters.n());
    }

    /** The policy that a certificate was made under, by its fields. */
    public static NoisePolicy of(CertifiedPrediction certificate) {
        CertifiedPrediction.Engine engine = certificate.engine();
        Sampling sampling = certificate.sampling();
        return new NoisePolicy(
                certificate.model().sha256(),
                engine.provider(),
                engine.precision(),
                engine.name(),
                engine.version(),
                certificate.sigma(),
                certificate.noise(),
                certificate.alpha(),
                certificate.n0(),
                certificate.plan(),
                sampling == null ? certificate.n() : sampling.maxN());
    }

    /** The policy as one line of canonical JSON (RFC 8785). */
    public String json() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** The policy's name: the SHA-256 of its canonical JSON, lower-case hex. */
    public String sha256() {
        return Sha256.of(bytes());
    }

    /**
     * What the verifiable random function is of: the purpose, the SHA-256 of the pixels with their shape (channels, height and
     * width as big-endian uint32, then the uint8 values, C x H x W), and the SHA-256 of the policy's canonical JSON.
     *
     * @return 78 bytes
     */
    public byte[] input(ImageTensor image) {
        ImageShape shape = image.shape();
        MessageDigest pixels = Sha256.digest();
        pixels.update(ByteBuffer.allocate(3 * Integer.BYTES)
                .putInt(shape.channels())
                .putInt(shape.height())
                .putInt(shape.width())
                .flip());
        pixels.update(image.toByteArray());
        byte[] imageHash = pixels.digest();
        byte[] policyHash = HexFormat.of().parseHex(sha256());
        return ByteBuffer.allocate(PURPOSE.length + imageHash.length + policyHash.length)
                .put(PURPOSE)
                .put(imageHash)
                .put(policyHash)
                .array();
    }

    private byte[] bytes() {
        return CanonicalJson.of(JsonRecords.toTree(this));
    }
}
