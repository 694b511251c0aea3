// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture.broken.certifier.network.session;

/** What only network may use. */
public final class SessionInsideNetwork {}
