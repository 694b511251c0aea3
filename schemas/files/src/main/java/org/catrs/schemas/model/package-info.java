// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** What is written down about a trained model, and the trained models that come with catrs. */
package org.catrs.schemas.model;
