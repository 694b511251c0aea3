// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Makes a network that can be certified of one that somebody brought: what images have to go through before the network,
 * and what its scores have to go through behind it, become nodes of the graph. What was made is compared with the
 * original by running both.
 */
@NullMarked
package org.catrs.certifier.network.adoption;

import org.jspecify.annotations.NullMarked;
