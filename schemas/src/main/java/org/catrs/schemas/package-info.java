// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** What data looks like, on topics and on disk; no behaviour of a service. */
package org.catrs.schemas;
