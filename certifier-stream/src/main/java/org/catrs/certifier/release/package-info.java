/**
 * Models that come while the service runs: follows the topic of releases, fetches and checks what was released, puts it
 * into service, and reports what became of it. Works beside the stages, on threads of its own.
 *
 * <p>Previous stage: the {@code models} topic. Next stage: {@code topology}, whose images are certified with the models.
 */
@NullMarked
package org.catrs.certifier.release;

import org.jspecify.annotations.NullMarked;
