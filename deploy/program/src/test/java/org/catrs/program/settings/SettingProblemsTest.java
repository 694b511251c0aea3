// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingProblemsTest {
    private static final EncodingSettings ENCODING = new EncodingSettings("events.format");

    @Test
    void shouldGiveValuesAndDefaultsWhenNothingIsWrong() {
        SettingValues values =
                problems(Map.of("store", "file:///models/", "http.port", "0")).orValues();

        assertThat(values.text("store")).isEqualTo("file:///models/");
        assertThat(HttpSettings.address(values).getHostString()).isEqualTo("0.0.0.0");
        assertThat(HttpSettings.address(values).getPort()).isZero();
        assertThat(EncodingSettings.registry(values)).isNull();
        assertThat(ENCODING.serializer(ModelStatus.class, values)).isNotNull();
    }

    @Test
    void shouldTellAllProblemsAtOnce() {
        SettingProblems problems = problems(Map.of("http.port", "65536", "in", "same", "out", "same"))
                .with(List.of("the moon is full"))
                .withEqualTopics(List.of("in", "out"));

        assertThatThrownBy(problems::orValues)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(
                        "\"store\" which has no default",
                        "65536 for configuration http.port",
                        "the moon is full",
                        "same for configuration out: another topic has this name already")
                .hasMessageNotContaining("configuration in:");
    }

    @Test
    void shouldCountTheDefaultNameOfATopicToo() {
        SettingProblems problems =
                problems(Map.of("store", "s3://models/", "out", "images")).withEqualTopics(List.of("in", "out"));

        assertThatThrownBy(problems::orValues).hasMessageContaining("images for configuration out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "", "file:///my models/", "http://[broken/"})
    void shouldRefuseWhatIsNoAddressWithAScheme(String address) {
        Map<String, String> properties = Map.of("store", address, "schema.registry.url", address);

        assertThatThrownBy(problems(properties)::orValues)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll("configuration store", "configuration schema.registry.url");
    }

    private static SettingProblems problems(Map<String, String> properties) {
        ConfigDef definition = new ConfigDef()
                .define(
                        "store",
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Validators.absoluteUri(),
                        Importance.HIGH,
                        "")
                .define("in", ConfigDef.Type.STRING, "images", Importance.LOW, "")
                .define("out", ConfigDef.Type.STRING, "predictions", Importance.LOW, "");
        ENCODING.define(definition, "");
        HttpSettings.define(definition, 8080);
        return new SettingProblems(definition, properties);
    }
}
