// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.seed;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.vrf.VrfProof;
import org.catrs.schemas.vrf.VrfPublicKey;
import org.jspecify.annotations.Nullable;

/**
 * What a certificate says of the key that forced its seed.
 *
 * @param noiseKey id of the noise key, 16 hex digits
 * @param noiseProof Base64 of the proof, 80 bytes
 * @param policy SHA-256 of the policy, lower-case hex
 */
public record SeedProof(String noiseKey, String noiseProof, String policy) {
    static SeedProof of(VrfPublicKey key, VrfProof proof, NoisePolicy policy) {
        return new SeedProof(key.keyId(), Base64.getEncoder().encodeToString(proof.proof()), policy.sha256());
    }

    /** What a certificate says; null where its seed is not forced. */
    public static @Nullable SeedProof of(CertifiedPrediction certificate) {
        String key = certificate.noiseKey();
        String proof = certificate.noiseProof();
        String policy = certificate.policy();
        return key == null || proof == null || policy == null ? null : new SeedProof(key, proof, policy);
    }

    /**
     * The seed that the noise key forces on an image under a policy.
     *
     * @return empty when the proof does not show one
     */
    public Optional<Seed> seed(VrfPublicKey key, ImageTensor image, NoisePolicy forced) {
        return key.verify(forced.input(image), Base64.getDecoder().decode(noiseProof))
                .map(SeedProof::seed);
    }

    /** The first 16 bytes of an output. */
    static Seed seed(byte[] output) {
        ByteBuffer bytes = ByteBuffer.wrap(output);
        return new Seed(bytes.getLong(), bytes.getLong());
    }
}
