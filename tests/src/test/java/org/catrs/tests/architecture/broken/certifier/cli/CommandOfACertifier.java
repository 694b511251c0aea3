// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture.broken.certifier.cli;

/** What only the application may know. */
public final class CommandOfACertifier {}
