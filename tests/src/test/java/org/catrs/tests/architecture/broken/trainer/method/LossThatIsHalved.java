// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture.broken.trainer.method;

import ai.djl.ndarray.NDArray;

/** A loss whose constant is gone when its gradient is computed. */
public record LossThatIsHalved(NDArray loss) {
    NDArray halved() {
        return loss.div(2);
    }
}
