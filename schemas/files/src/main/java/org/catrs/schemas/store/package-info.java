// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Where models are kept: a folder or an S3 bucket, addressed by URI. */
package org.catrs.schemas.store;
