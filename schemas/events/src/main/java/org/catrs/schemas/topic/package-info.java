// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Names of the topics and of the headers of their records, and how a topic and a header are read. */
package org.catrs.schemas.topic;
