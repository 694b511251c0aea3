// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

/** Whose fault it is that an image was rejected, which says who can mend it. */
public enum Fault {
    /** The image's producer: the same image is rejected again. */
    INPUT,
    /** The model: another model may certify the image. */
    MODEL,
    /** The machine: the image may be certified when it is sent again. */
    INFRASTRUCTURE
}
