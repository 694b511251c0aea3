// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.options;

import java.util.Map;
import org.catrs.program.service.BrokerAccess;
import org.catrs.program.service.Brokers;
import org.catrs.schemas.topic.Topics;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where releases are; mixed into the commands for models. */
public final class ModelsTopicOptions {
    @Mixin
    private BrokerOptions brokers = new BrokerOptions();

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = Topics.MODELS,
            description = "topic of the releases (default: ${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String topic;

    public String topic() {
        return topic;
    }

    /**
     * Properties of a Kafka client that reads releases.
     *
     * @throws org.catrs.schemas.InvalidDataException when no broker answers, or the topic or a right is missing
     */
    public Map<String, String> toRead() {
        return connect(BrokerAccess.none().reading(topic));
    }

    /**
     * Properties of a Kafka client that sends releases.
     *
     * @throws org.catrs.schemas.InvalidDataException when no broker answers, or the topic or a right is missing
     */
    public Map<String, String> toWrite() {
        return connect(BrokerAccess.none().writing(topic));
    }

    /**
     * Properties of a Kafka client that sends releases, knowing those that there are.
     *
     * @throws org.catrs.schemas.InvalidDataException when no broker answers, or the topic or a right is missing
     */
    public Map<String, String> toReadAndWrite() {
        return connect(BrokerAccess.none().reading(topic).writing(topic));
    }

    private Map<String, String> connect(BrokerAccess access) {
        Map<String, String> properties = brokers.properties();
        try (Brokers found = Brokers.connect(properties)) {
            found.require(access);
        }
        return properties;
    }
}
