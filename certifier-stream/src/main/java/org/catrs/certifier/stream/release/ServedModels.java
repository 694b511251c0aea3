// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.release;

import java.util.Optional;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.schemas.event.CertifiedPrediction;

/** Where checked models are put into service. */
public interface ServedModels {
    /**
     * Warms a model up and certifies with it from now on, in the place of the one that had its name. Owns the model from
     * here on, also when it throws.
     */
    void serve(OpenModel model);

    /** Certifies no more with a model; does nothing when there is none of this name. */
    void retire(String name);

    /** Whether images are certified now, and should have the machine. */
    boolean areInUse();

    /** The model that has a name now. */
    Optional<CertifiedPrediction.Model> served(String name);
}
