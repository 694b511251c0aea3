// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.outcome;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.signature.CertificateSignature;
import org.catrs.schemas.signature.SigningKey;
import org.jspecify.annotations.Nullable;

/** Signs predictions, whichever model they are of, and has them written. */
public final class SignedPredictions implements Serializer<CertifiedPrediction> {
    private final Serializer<CertifiedPrediction> writer;
    private final SigningKey key;

    /** @param writer writes the signed predictions */
    public SignedPredictions(Serializer<CertifiedPrediction> writer, SigningKey key) {
        this.writer = writer;
        this.key = key;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable CertifiedPrediction prediction) {
        return writer.serialize(topic, signed(prediction));
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable CertifiedPrediction prediction) {
        return writer.serialize(topic, headers, signed(prediction));
    }

    @Override
    public void close() {
        writer.close();
    }

    private @Nullable CertifiedPrediction signed(@Nullable CertifiedPrediction prediction) {
        return prediction == null ? null : CertificateSignature.sign(prediction, key);
    }
}
