// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.dataset;

/** The part of a data set that a model is trained on, or tested on. */
public enum Split {
    TRAIN,
    TEST
}
