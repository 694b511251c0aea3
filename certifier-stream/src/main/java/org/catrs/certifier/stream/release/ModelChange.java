// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.util.function.Consumer;
import org.catrs.schemas.event.ModelRelease;
import org.jspecify.annotations.Nullable;

/** What a record of the topic of models says of the model that its key names. */
sealed interface ModelChange {
    /** The release; null when there is none, or none that can be read. */
    default @Nullable ModelRelease release() {
        return null;
    }

    /**
     * Does what it says.
     *
     * @throws RefusedReleaseException when that cannot be done
     */
    void carryOut(Consumer<ModelRelease> serve, Runnable retire);

    /** It is to be served in this version. */
    record Released(ModelRelease release) implements ModelChange {
        @Override
        public void carryOut(Consumer<ModelRelease> serve, Runnable retire) {
            serve.accept(release);
        }
    }

    /** It is to be served no more. */
    record Retired() implements ModelChange {
        @Override
        public void carryOut(Consumer<ModelRelease> serve, Runnable retire) {
            retire.run();
        }
    }

    /**
     * Nothing that can be read.
     *
     * @param problem what was found, and what was needed
     */
    record Unreadable(String problem) implements ModelChange {
        @Override
        public void carryOut(Consumer<ModelRelease> serve, Runnable retire) {
            throw new RefusedReleaseException(RefusalReason.MALFORMED_RELEASE, problem);
        }
    }
}
