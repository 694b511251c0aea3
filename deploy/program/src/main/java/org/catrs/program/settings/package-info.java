// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * How a program is configured: settings, declared once and checked, from the command line, a file and the environment,
 * with the documentation that comes of the same declaration; what is no setting of the program goes to Kafka.
 */
@NullMarked
package org.catrs.program.settings;

import org.jspecify.annotations.NullMarked;
