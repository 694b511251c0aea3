// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import org.apache.kafka.common.KafkaException;

/**
 * The schema registry cannot be reached or does not do its work. Not a
 * {@link org.apache.kafka.common.errors.SerializationException}: nothing is wrong with the record, and whoever skips
 * damaged records must not skip this one.
 */
public final class SchemaRegistryException extends KafkaException {
    private static final long serialVersionUID = 1L;

    SchemaRegistryException(String message) {
        super(message);
    }

    SchemaRegistryException(String message, Throwable cause) {
        super(message, cause);
    }
}
