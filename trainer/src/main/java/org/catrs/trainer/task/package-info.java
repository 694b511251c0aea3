// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * A model to be trained, whoever ordered it, the command line or a job: what its method needs first, such as votes on
 * the images, then the training, then the export.
 */
@NullMarked
package org.catrs.trainer.task;

import org.jspecify.annotations.NullMarked;
