// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import org.catrs.schemas.event.CertifiedPrediction;

/**
 * A prediction as it was read.
 *
 * @param key image id; empty where the image had none
 */
public record ReceivedPrediction(String key, CertifiedPrediction prediction) {}
