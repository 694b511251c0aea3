// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The verifiable random function ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381): who holds the key cannot choose the output for
 * an input, and who does not cannot foresee it. There is no well-kept library of it for Java.
 *
 * <p>It is made for seeds that nobody chooses. Certificates do not carry its proofs yet; seeds are random.
 */
@NullMarked
package org.catrs.schemas.vrf;

import org.jspecify.annotations.NullMarked;
