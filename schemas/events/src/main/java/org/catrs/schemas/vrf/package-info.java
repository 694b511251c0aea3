// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The verifiable random function ECVRF-EDWARDS25519-SHA512-TAI (RFC 9381): who holds the key cannot choose the output for
 * an input, and who does not cannot foresee it. There is no well-kept library of it for Java.
 *
 * <p>A certifier that has a noise key takes the seed of a certificate from its output, and writes the proof into the
 * certificate.
 */
@NullMarked
package org.catrs.schemas.vrf;

import org.jspecify.annotations.NullMarked;
