// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Hostile records: whatever a producer sends, it is decoded or rejected, soon and in little memory. */
package org.catrs.tests.fuzz;
