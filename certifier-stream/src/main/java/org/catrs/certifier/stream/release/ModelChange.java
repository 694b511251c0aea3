// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import org.catrs.schemas.event.ModelRelease;

/** What a record of the topic of models says of the model that its key names. */
sealed interface ModelChange {
    /** It is to be served in this version. */
    record Released(ModelRelease release) implements ModelChange {}

    /** It is to be served no more. */
    record Retired() implements ModelChange {}

    /**
     * Nothing that can be read.
     *
     * @param problem what was found, and what was needed
     */
    record Unreadable(String problem) implements ModelChange {}
}
