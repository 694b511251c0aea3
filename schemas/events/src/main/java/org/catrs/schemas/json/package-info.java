// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** The JSON form of records, the same for files and for events. */
package org.catrs.schemas.json;
