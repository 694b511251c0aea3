// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

class DeclarationsTest {
    private static final Declarations DECLARATIONS = new Declarations(
            new ConfigDef()
                    .define("n", ConfigDef.Type.INT, 7, ConfigDef.Range.between(1, 9), Importance.HIGH, "How many.")
                    .define("images.topic", ConfigDef.Type.STRING, null, Importance.LOW, "From where."),
            new ConfigDef()
                    .define(
                            "bootstrap.servers",
                            ConfigDef.Type.LIST,
                            ConfigDef.NO_DEFAULT_VALUE,
                            Importance.HIGH,
                            "The brokers."),
            key -> key.replace("servers", "server"),
            KafkaKeys::isKnown);

    @TempDir
    private Path folder;

    @Test
    void shouldTakeTheCommandLineBeforeTheFileAndTheFileBeforeTheEnvironment() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "n = 2\nimages.topic = file\n");
        Environment environment = new Environment(Map.of(
                "CATRS_N", "1", "CATRS_IMAGES_TOPIC", "environment", "KAFKA_BOOTSTRAP_SERVERS", "environment:9092"));

        assertThat(DECLARATIONS.given(parse("--n", "3"), file, environment).properties())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("n", "3", "images.topic", "file", "bootstrap.servers", "environment:9092"));
    }

    @Test
    void shouldTakeAnySettingOfKafkaFromTheEnvironmentAndNothingElse() {
        Environment environment = new Environment(Map.of(
                "KAFKA_SASL_JAAS_CONFIG", "secret",
                "KAFKA_CONSUMER_FETCH_MIN_BYTES", "7",
                "KAFKA_OPTS", "-Xmx1g",
                "KAFKA_SECURITY_PROTOCOL", " ",
                "SASL_MECHANISM", "PLAIN"));

        assertThat(DECLARATIONS.given(parse(), null, environment).properties())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("sasl.jaas.config", "secret", "consumer.fetch.min.bytes", "7"));
    }

    @Test
    void shouldNameVariablesThatLookLikeSettingsAndAreNone() {
        Environment environment =
                new Environment(Map.of("CATRS_IMAGS_TOPIC", "typo", "CATRS_HEAP", "2g", "CATRS_N", "1"));

        assertThat(DECLARATIONS.given(parse(), null, environment).unknownVariables())
                .containsExactly("CATRS_IMAGS_TOPIC");
    }

    @Test
    void shouldCallASettingWhatItWasCalledWhereItWasGiven() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "bootstrap.servers = b:1\n");
        Given given = DECLARATIONS.given(
                parse("-n", "0"),
                file,
                new Environment(Map.of("CATRS_IMAGES_TOPIC", "a b", "KAFKA_SASL_JAAS_CONFIG", "?")));

        assertThat(given.explain(new InvalidDataException("Invalid value 0 for configuration n: too few\n"
                        + "Invalid value a b for configuration images.topic\n"
                        + "Invalid value ? for configuration sasl.jaas.config\n"
                        + "Invalid value b:1 for configuration bootstrap.servers: none")))
                .isEqualTo("Invalid value 0 for option --n: too few\n"
                        + "Invalid value a b for environment variable CATRS_IMAGES_TOPIC\n"
                        + "Invalid value ? for environment variable KAFKA_SASL_JAAS_CONFIG\n"
                        + "Invalid value b:1 for configuration bootstrap.servers: none");
    }

    @Test
    void shouldDocumentEachSetting() {
        assertThat(DECLARATIONS.table().rows())
                .containsExactly(
                        List.of(
                                "bootstrap.servers",
                                "list",
                                "required",
                                "",
                                "high",
                                "KAFKA_BOOTSTRAP_SERVERS",
                                "--bootstrap-server",
                                "The brokers."),
                        List.of("n", "int", "7", "[1,...,9]", "high", "CATRS_N", "--n", "How many."),
                        List.of(
                                "images.topic",
                                "string",
                                "none",
                                "",
                                "low",
                                "CATRS_IMAGES_TOPIC",
                                "--images-topic",
                                "From where."));
    }

    private static ParseResult parse(String... arguments) {
        return new CommandLine(DECLARATIONS.addOptionsTo(CommandSpec.create())).parseArgs(arguments);
    }
}
