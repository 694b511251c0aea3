// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** How a service is configured: its own settings, checked, from a file and the command line; all others go to Kafka. */
package org.catrs.schemas.configuration;
