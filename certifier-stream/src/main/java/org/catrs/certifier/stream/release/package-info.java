// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Models that come while the service runs: follows the topic of releases, fetches and checks what was released, puts
 * it into service, and reports what became of it. Works beside the images, on threads of its own.
 *
 * <p>Part of {@code stream}. Previous: the {@code models} topic. Next: {@code topology}, whose images are certified
 * with the models.
 */
@NullMarked
package org.catrs.certifier.stream.release;

import org.jspecify.annotations.NullMarked;
