// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a network treats each image of a batch by itself, shown from its graph: before it runs, and for each size of
 * batch at which it runs. The theorem behind a certificate is about one function of one image.
 */
@NullMarked
package org.catrs.certifier.network.independence;

import org.jspecify.annotations.NullMarked;
