// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The verifiable random function ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381), by which noise is forced: who holds the key
 * cannot choose the output, and who does not cannot foresee it. There is no well-kept library of it for Java.
 */
@NullMarked
package org.catrs.schemas.vrf;

import org.jspecify.annotations.NullMarked;
