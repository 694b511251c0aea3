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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
                .hasMessage("the header name must be a number such as 0.5, in digits 0 to 9, found 'half'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0x1p-1", "0.5f", "0.5d", "NaN", "Infinity", "1e999", "+1", ".5", "1.", "01", "1 2", "٧", "７", ""
            })
    void shouldRefuseNumbersThatJsonDoesNotHave(String text) {
        assertThatThrownBy(() -> HeaderValues.number(headers(text), "name")).isInstanceOf(InvalidDataException.class);
        assertThatThrownBy(() -> HeaderValues.wholeNumber(headers(text), "name"))
                .isInstanceOf(InvalidDataException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.0", "1e3", "9223372036854775808"})
    void shouldRefuseWholeNumbersThatAreNotCounted(String text) {
        assertThatThrownBy(() -> HeaderValues.wholeNumber(headers(text), "name"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("name");
    }

    @Test
    void shouldReadWholeNumbers() {
        assertThat(HeaderValues.wholeNumber(headers(" 9223372036854775807 "), "name"))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(HeaderValues.wholeNumber(headers("0"), "name")).isZero();
        assertThat(HeaderValues.wholeNumber(new RecordHeaders(), "name")).isNull();
    }

    private static Headers headers(String text) {
        return new RecordHeaders().add("name", text.getBytes(UTF_8));
    }
}
