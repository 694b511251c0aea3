// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Ed25519 signatures (RFC 8032) of what services hand on, and the key files that openssl makes. */
package org.catrs.schemas.signature;
