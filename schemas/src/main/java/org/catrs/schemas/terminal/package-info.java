// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** What all command lines share: how they run, which options name a data set, and how progress is shown. */
package org.catrs.schemas.terminal;
