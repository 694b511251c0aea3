// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;

class HeaderValuesTest {
    @Test
    void shouldReadTheLastOfSeveralAsItIs() {
        Headers headers = headers("first").add("name", " größer ".getBytes(UTF_8));
        assertThat(HeaderValues.text(headers, "name")).isEqualTo(" größer ");
    }

    @Test
    void shouldReadNumbers() {
        assertThat(HeaderValues.number(headers(" 0.5\n"), "name")).isEqualTo(0.5);
    }

    @Test
    void shouldReadNothingWhereNothingIs() {
        Headers withoutValue = new RecordHeaders().add("name", null);
        assertThat(HeaderValues.text(new RecordHeaders(), "name")).isNull();
        assertThat(HeaderValues.text(withoutValue, "name")).isNull();
        assertThat(HeaderValues.number(new RecordHeaders(), "name")).isNull();
        assertThat(HeaderValues.number(withoutValue, "name")).isNull();
    }

    @Test
    void shouldNameTheHeaderThatIsNoNumber() {
        assertThatThrownBy(() -> HeaderValues.number(headers(" half "), "name"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("the header name must be a number, found 'half'");
    }

    private static Headers headers(String text) {
        return new RecordHeaders().add("name", text.getBytes(UTF_8));
    }
}
