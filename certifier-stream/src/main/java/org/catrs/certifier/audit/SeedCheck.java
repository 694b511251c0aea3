// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.seed.NoisePolicy;
import org.catrs.certifier.stream.seed.PublishedPolicies;
import org.catrs.certifier.stream.seed.SeedProof;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.signature.VerificationKeys;
import org.catrs.schemas.vrf.VrfPublicKey;
import org.jspecify.annotations.Nullable;

/** Says whether the seed of a certificate is the one that a noise key forces on its image. */
public final class SeedCheck {
    private final @Nullable VerificationKeys keys;
    private final @Nullable PublishedPolicies published;

    private SeedCheck(@Nullable VerificationKeys keys, @Nullable PublishedPolicies published) {
        this.keys = keys;
        this.published = published;
    }

    /** Without a key: of a forced seed, only the policy can be told. */
    public static SeedCheck withoutKeys() {
        return new SeedCheck(null, null);
    }

    /**
     * @param keys one of which must have forced each seed
     * @param published policies, one of which must be each certificate's; null where any is taken
     */
    public static SeedCheck by(VerificationKeys keys, @Nullable PublishedPolicies published) {
        return new SeedCheck(keys, published);
    }

    /** Whether a noise key must have forced each seed. */
    boolean asksForKey() {
        return keys != null;
    }

    /** Whether each policy must have been published. */
    boolean asksForPolicy() {
        return published != null;
    }

    /** What is wrong with a certificate's seed; nothing where it is forced, or that is not asked for. */
    List<String> problems(CertifiedPrediction certificate, ImageTensor image) {
        SeedProof proof = SeedProof.of(certificate);
        if (proof == null) {
            return keys == null ? List.of() : List.of("its seed is not forced");
        }
        List<String> problems = new ArrayList<>();
        NoisePolicy policy = NoisePolicy.of(certificate);
        if (!policy.sha256().equals(proof.policy())) {
            problems.add("its policy is " + proof.policy() + ", that of its fields is " + policy.sha256());
        }
        if (published != null && !published.sha256().contains(proof.policy())) {
            problems.add("its policy " + proof.policy() + " is none of those that were published: " + policy.json());
        }
        if (keys != null) {
            problem(certificate.seed(), proof, image, policy, keys).ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<String> problem(
            String stored, SeedProof proof, ImageTensor image, NoisePolicy policy, VerificationKeys keys) {
        Optional<PublicKey> key = keys.key(proof.noiseKey());
        if (key.isEmpty()) {
            return Optional.of(
                    "it names the noise key " + proof.noiseKey() + ", known are " + new TreeSet<>(keys.keyIds()));
        }
        Optional<Seed> seed = proof.seed(VrfPublicKey.of(key.get()), image, policy);
        if (seed.isEmpty()) {
            return Optional.of("its noise proof shows no seed of the noise key " + proof.noiseKey()
                    + " for this image and policy");
        }
        return seed.get().toString().equals(stored)
                ? Optional.empty()
                : Optional.of("its seed is " + stored + ", the noise key forces " + seed.get());
    }
}
