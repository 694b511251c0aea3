// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** The result tables of the CAT-RS paper as data: what was trained for each row, and what came out. */
package org.catrs.schemas.paper;
