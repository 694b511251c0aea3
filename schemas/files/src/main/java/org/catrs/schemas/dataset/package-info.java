// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * Data sets of labelled images: MNIST's idx files, CIFAR-10's binary files, folders of images, and drawn digits.
 */
@NullMarked
package org.catrs.schemas.dataset;

import org.jspecify.annotations.NullMarked;
