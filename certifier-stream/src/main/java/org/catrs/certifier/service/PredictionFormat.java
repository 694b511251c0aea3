// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.schemas.event.CertifiedPrediction;

/** How certified predictions are encoded; a configuration names it in lower case. */
enum PredictionFormat {
    JSON,
    AVRO;

    Serializer<CertifiedPrediction> serializer() {
        return switch (this) {
            case JSON ->
                (topic, value) -> {
                    try {
                        return new ObjectMapper().writeValueAsBytes(value);
                    } catch (JsonProcessingException e) {
                        throw new SerializationException(e);
                    }
                };
            case AVRO -> throw new IllegalStateException("stub");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
