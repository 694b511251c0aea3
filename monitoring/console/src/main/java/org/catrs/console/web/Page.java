// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.web;

/** Answers requests for one path at once, without waiting for anything. */
@FunctionalInterface
public interface Page {
    Reply answer(Asked asked);
}
