// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import java.net.InetSocketAddress;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The settings of where metrics and health are served. */
public final class HttpSettings {
    private static final String HTTP_HOST = "http.host";
    private static final String HTTP_PORT = "http.port";

    private HttpSettings() {}

    /**
     * Adds them.
     *
     * @param port the default
     */
    public static void define(ConfigDef definition, int port) {
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
                        port,
                        Range.between(0, 65535),
                        MEDIUM,
                        "Port of metrics and health; 0 for any that is free.");
    }

    /** Address of metrics and health; port 0 for any that is free. */
    public static InetSocketAddress address(SettingValues values) {
        return new InetSocketAddress(values.text(HTTP_HOST), values.number(HTTP_PORT));
    }
}
