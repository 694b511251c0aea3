// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/**
 * The events on the topics. Beside each lie its Avro schema ({@code NAME.avsc}) and its JSON Schema
 * ({@code NAME.schema.json}).
 */
package org.catrs.schemas.event;
