// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** What happens to images when services, brokers, topics, disks and networks fail, image by image. */
@NullMarked
package org.catrs.tests.faults;

import org.jspecify.annotations.NullMarked;
