// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Names of the topics and of the headers of their records. */
package org.catrs.schemas.topic;
