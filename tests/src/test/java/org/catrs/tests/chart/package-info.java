// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** The Helm chart, rendered by Helm's own library. */
@NullMarked
package org.catrs.tests.chart;

import org.jspecify.annotations.NullMarked;
