// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.ModelStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingProblemsTest {
    private static final CommonSettings COMMON = new CommonSettings("events.format", "events", 8080);

    @Test
    void shouldGiveValuesAndDefaultsWhenNothingIsWrong() {
        AbstractConfig values =
                problems(Map.of("store", "file:///models/", "http.port", "0")).orConfig();

        assertThat(values.getString("store")).isEqualTo("file:///models/");
        assertThat(CommonSettings.http(values).getHostString()).isEqualTo("127.0.0.1");
        assertThat(CommonSettings.http(values).getPort()).isZero();
        assertThat(CommonSettings.registry(values)).isNull();
        assertThat(COMMON.serializer(ModelStatus.class, values)).isNotNull();
    }

    @Test
    void shouldTellAllProblemsAtOnce() {
        SettingProblems problems = problems(Map.of("http.port", "65536", "in", "same", "out", "same"))
                .with(List.of("the moon is full"))
                .withEqualTopics(List.of("in", "out"));

        assertThatThrownBy(problems::orConfig)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(
                        "\"store\" which has no default",
                        "65536 for configuration http.port",
                        "the moon is full",
                        "same for configuration out: another topic has this name already")
                .hasMessageNotContaining("configuration in:");
    }

    @Test
    void shouldSayOnceWhatIsWrongWithAValueThatIsNoNumber() {
        assertThatThrownBy(problems(Map.of("store", "s3://models/", "http.port", "1e3"))::orConfig)
                .hasMessageContaining("1e3 for configuration http.port: Not a number")
                .hasMessageNotContaining("null");
    }

    @Test
    void shouldCountTheDefaultNameOfATopicToo() {
        SettingProblems problems =
                problems(Map.of("store", "s3://models/", "out", "images")).withEqualTopics(List.of("in", "out"));

        assertThatThrownBy(problems::orConfig).hasMessageContaining("images for configuration out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"models", "", "file:///my models/", "http://[broken/"})
    void shouldRefuseWhatIsNoAddressWithAScheme(String address) {
        Map<String, String> properties = Map.of("store", address, "schema.registry.url", address);

        assertThatThrownBy(problems(properties)::orConfig)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll("configuration store", "configuration schema.registry.url");
    }

    @Test
    void shouldNotRepeatThePasswordOfAnAddress() {
        Map<String, String> properties =
                Map.of("store", "s3://models/", "schema.registry.url", "https://user:the secret@host/path");

        assertThatThrownBy(problems(properties)::orConfig)
                .hasMessageContaining("https://***@host/path for configuration schema.registry.url")
                .hasMessageNotContaining("secret");
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
        COMMON.define(definition);
        return new SettingProblems(definition, properties);
    }
}
