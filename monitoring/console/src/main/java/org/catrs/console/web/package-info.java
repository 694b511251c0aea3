// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The console's HTTP server: limits on connections and time, headers, files of the page, server-sent events. It knows no
 * page and no service.
 */
@NullMarked
package org.catrs.console.web;

import org.jspecify.annotations.NullMarked;
