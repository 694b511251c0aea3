// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import java.util.stream.Stream;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/**
 * Where S3 is. Credentials are found as Amazon's tools find them: in the environment ({@code AWS_ACCESS_KEY_ID} and
 * {@code AWS_SECRET_ACCESS_KEY}), in {@code ~/.aws}, or from the machine's role.
 *
 * @param endpoint address of a server that speaks S3 with buckets as the first part of the path; null for Amazon's own
 * @param region region of the buckets; null for the one of the environment
 */
public record S3Settings(@Nullable URI endpoint, @Nullable String region) {
    /**
     * What the environment says: {@code AWS_ENDPOINT_URL_S3} or {@code AWS_ENDPOINT_URL}, else Amazon's S3, in {@code
     * AWS_REGION} or the region of {@code ~/.aws}.
     */
    static S3Settings ofEnvironment() {
        return Stream.of("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")
                .map(System::getenv)
                .filter(Objects::nonNull)
                .findFirst()
                .map(endpoint -> new S3Settings(endpoint(endpoint), null))
                .orElse(new S3Settings(null, null));
    }

    private static URI endpoint(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidDataException("the S3 endpoint '" + text + "' of the environment is no URI", e);
        }
    }
}
