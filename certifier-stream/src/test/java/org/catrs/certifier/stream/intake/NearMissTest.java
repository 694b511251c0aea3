// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NearMissTest {
    private final ImageIntake intake = new ImageIntake(new ImageShape(1, 4, 4), new ImageLimits(1_000, 100));

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "contentType", "CONTENT_TYPE", "content.type"})
    void shouldNameTheHeaderThatWasMeant(String name) {
        assertRejected(name, "image/png", "; the header '" + name + "' is another one: name it content-type");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"image/png\"', '; write image/png, without quotation marks'",
        "' ''image/jpeg'' ', '; write image/jpeg, without quotation marks'",
        "'\"image/jpg\"', '; write image/jpeg, without quotation marks'",
        "image/jpg, ; write image/jpeg",
        "png, ; write image/png",
        "application/octet-stream, ; the value begins as application/x-catrs-tensor does",
        "image/webp, ; the value begins as application/x-catrs-tensor does"
    })
    void shouldSayWhatContentTypeWasMeant(String contentType, String meant) {
        assertRejected("content-type", contentType, meant == null ? "" : meant);
    }

    @Test
    void shouldSayNothingWhereNothingIsNear() {
        assertThat(NearMiss.ofName(new RecordHeaders().add("type", new byte[0]), "content-type"))
                .isEmpty();
        assertThat(NearMiss.ofContentType("text/plain", new byte[] {1})).isEmpty();
        assertThat(NearMiss.ofQuotes("digits")).isEmpty();
        assertThat(NearMiss.ofQuotes("\"")).isEmpty();
        assertThat(NearMiss.ofQuotes(" \"digits\"")).isEqualTo("; leave the quotation marks away");
    }

    private void assertRejected(String header, String value, String end) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(header, value.getBytes(StandardCharsets.UTF_8));
        IncomingImage image =
                IncomingImage.of(new ImageOrigin("images", 0, 0), headers, "CATR...".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> intake.take(image))
                .isInstanceOf(RejectedImageException.class)
                .message()
                .endsWith("application/x-catrs-tensor" + end);
    }
}
