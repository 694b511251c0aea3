// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** What services and commands say at their start when brokers, rights, logins or other instances are in the way. */
@NullMarked
package org.catrs.tests.start;

import org.jspecify.annotations.NullMarked;
