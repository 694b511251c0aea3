// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
/** Kafka serializers and deserializers of the events: JSON, and Avro with and without a schema registry. */
package org.catrs.schemas.serde;
