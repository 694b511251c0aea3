// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Images as uint8 tensors, and the encodings in which they arrive: PNG, JPEG and the raw tensor of FORMATS.md. */
package org.catrs.schemas.image;
