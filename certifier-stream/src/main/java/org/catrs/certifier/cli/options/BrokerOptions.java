// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.options;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.catrs.program.settings.Environment;
import org.catrs.program.settings.KafkaKeys;
import org.catrs.program.settings.PropertiesFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of commands that are clients of Kafka; mixed into them. */
public final class BrokerOptions {
    @Option(names = "--bootstrap-server", paramLabel = "H:P", description = "address of the brokers")
    private @Nullable String address;

    @Option(
            names = "--config",
            paramLabel = "F",
            description = "settings of the Kafka client, such as security.protocol, as a Java properties file")
    private @Nullable Path file;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec command;

    /**
     * Properties of a Kafka client.
     *
     * @throws ParameterException when the brokers' address is missing
     */
    public Map<String, String> properties() {
        Map<String, String> properties = Environment.ofProcess().givenOfKafka(KafkaKeys::isKnown);
        properties.putAll(PropertiesFile.read(file));
        if (address != null) {
            properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, address);
        }
        if (!properties.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new ParameterException(
                    command.commandLine(), "the brokers' address is missing: give --bootstrap-server H:P");
        }
        return properties;
    }
}
