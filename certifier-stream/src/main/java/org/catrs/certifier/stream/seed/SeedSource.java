// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.seed;

import java.nio.file.Path;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.vrf.VrfProof;
import org.catrs.schemas.vrf.VrfSecretKey;
import org.jspecify.annotations.Nullable;

/** Where the seeds of certificates come from. Safe for use by many threads. */
public sealed interface SeedSource {
    /** The seed for an image under a policy. */
    DrawnSeed draw(ImageTensor image, NoisePolicy policy);

    /**
     * The source that a file decides.
     *
     * @param noiseKey file of a noise key; null for seeds of chance
     * @throws InvalidDataException when the file holds no key
     */
    static SeedSource of(@Nullable Path noiseKey) {
        return noiseKey == null ? new Random() : new Forced(VrfSecretKey.read(noiseKey));
    }

    /** Seeds that nobody could have known before; nor can anybody see that they were not chosen. */
    record Random() implements SeedSource {
        @Override
        public DrawnSeed draw(ImageTensor image, NoisePolicy policy) {
            return new DrawnSeed(Seed.random(), null);
        }
    }

    /** Seeds that a noise key forces: there is one for an image and a policy, and the proof shows that it is that. */
    record Forced(VrfSecretKey key) implements SeedSource {
        @Override
        public DrawnSeed draw(ImageTensor image, NoisePolicy policy) {
            VrfProof proof = key.prove(policy.input(image));
            return new DrawnSeed(SeedProof.seed(proof.output()), SeedProof.of(key.publicKey(), proof, policy));
        }
    }
}
