// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.nio.file.Path;
import java.time.Duration;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.schemas.signature.VerificationKeys;
import org.jspecify.annotations.Nullable;

/**
 * Which releases are served, and how.
 *
 * @param topic where releases come from
 * @param statusTopic where it is told what became of them
 * @param keys the public keys whose signatures count
 * @param revoked file of what must not be served; null where there is none
 * @param locations folders and buckets that models may be fetched from
 * @param cache folder that fetched models are kept in
 * @param mostModelBytes how large a network may be
 * @param mostCacheBytes how much is kept beside what is served
 * @param fetchPatience how long a store may give nothing
 * @param model how models are opened
 */
public record ReleaseOptions(
        String topic,
        String statusTopic,
        VerificationKeys keys,
        @Nullable Path revoked,
        AllowedLocations locations,
        Path cache,
        long mostModelBytes,
        long mostCacheBytes,
        Duration fetchPatience,
        ModelOverrides model) {}
