// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture.broken.certifier.inference.network;

/** What only inference may use. */
public final class NetworkOfInference {}
