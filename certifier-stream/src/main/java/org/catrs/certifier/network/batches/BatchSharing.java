// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

/** Which samples may stand in one batch of a network. */
public enum BatchSharing {
    /** Those of several requests: for a network that is shown to treat each image of a batch by itself. */
    AMONG_REQUESTS,
    /**
     * Those of one range of one request, batch after batch from its first sample on, so that what stands in a batch
     * follows from the range alone: for a network of which that is not shown.
     */
    NONE
}
