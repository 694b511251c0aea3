// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.store;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where S3 is. Credentials are found as Amazon's tools find them: in the environment ({@code AWS_ACCESS_KEY_ID} and
 * {@code AWS_SECRET_ACCESS_KEY}), in {@code ~/.aws}, or from the machine's role.
 *
 * @param endpoint address of a server that speaks S3 with buckets as the first part of the path; null for Amazon's own
 * @param region region of the buckets; null for the one of the environment
 */
public record S3Settings(@Nullable URI endpoint, @Nullable String region) {
    /** Amazon's S3, in the environment's region. */
    public static final S3Settings OF_ENVIRONMENT = new S3Settings(null, null);
}
