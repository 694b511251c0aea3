// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.configuration;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The settings of where metrics and health are served. */
final class HttpSettings {
    static final String HTTP_HOST = "http.host";
    static final String HTTP_PORT = "http.port";

    private HttpSettings() {}

    static void define(ConfigDef definition) {
        definition
                .define(
                        HTTP_HOST,
                        ConfigDef.Type.STRING,
                        "0.0.0.0",
                        new NonEmptyString(),
                        LOW,
                        "Address of metrics and health.")
                .define(
                        HTTP_PORT,
                        ConfigDef.Type.INT,
                        8080,
                        Range.between(0, 65535),
                        MEDIUM,
                        "Port of metrics and health; 0 for any that is free.");
    }
}
