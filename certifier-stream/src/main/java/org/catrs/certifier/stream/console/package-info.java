// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * What the console's page shows of certification: the answers of all instances, read from the topics; the images that they
 * are about; and certificates that somebody asks for at the page. It takes nothing from the stream's own work but the
 * models, and the service works the same without it.
 */
@NullMarked
package org.catrs.certifier.stream.console;

import org.jspecify.annotations.NullMarked;
