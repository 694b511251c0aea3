// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.junit.jupiter.api.Test;

class ExactCertificateTest {
    private static final ObjectMapper DECIMALS =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @Test
    void shouldRoundTheDoublesOfACertificateDown() {
        assertThat(ExactCertificate.all()).hasSizeGreaterThan(100).allSatisfy(exact -> {
            assertBelow(new BigDecimal(exact.event().radius()), exact.radius());
            assertBelow(new BigDecimal(exact.event().probabilityLowerBound()), exact.bound());
        });
    }

    /** A double's shortest decimal may lie above the double, so that a certificate needs to leave room for it. */
    @Test
    void shouldWriteDecimalsInJsonThatDoNotExceedTheTruth() {
        assertThat(ExactCertificate.all()).allSatisfy(exact -> {
            JsonNode json = decimals(JsonRecords.write(exact.event()));
            assertBelow(json.get("radius").decimalValue(), exact.radius());
            assertBelow(json.get("probabilityLowerBound").decimalValue(), exact.bound());
        });
    }

    @Test
    void shouldWriteTheSameDoublesInAvro() {
        assertThat(ExactCertificate.all()).allSatisfy(exact -> {
            byte[] avro = EventSerdes.serializer(CertifiedPrediction.class, EventFormat.AVRO, null)
                    .serialize("topic", exact.event());
            CertifiedPrediction read =
                    EventSerdes.deserializer(CertifiedPrediction.class, null).deserialize("topic", avro);
            assertBelow(new BigDecimal(read.radius()), exact.radius());
            assertBelow(new BigDecimal(read.probabilityLowerBound()), exact.bound());
        });
    }

    private static void assertBelow(BigDecimal written, BigDecimal truth) {
        assertThat(written).isBetween(truth.multiply(new BigDecimal("0.99999999")), truth);
    }

    private static JsonNode decimals(byte[] json) {
        try {
            return DECIMALS.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
