// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.util.List;
import org.catrs.program.terminal.ReferencePage;

/** The reference of a program's configuration, as its declarations make it. */
public final class ConfigurationPage {
    private ConfigurationPage() {}

    /**
     * The page of a program.
     *
     * @param program what {@code deploy/catrs config} calls it
     * @param commands which commands take which options
     * @param kafka which of Kafka's settings are passed on
     */
    public static ReferencePage of(String program, Declarations declarations, String commands, String kafka) {
        return new ReferencePage(
                "Configuration of the " + program,
                List.of(
                        "A setting may be given on the command line (`--http-port 8080`), in the properties file that"
                                + " `--config` names (`http.port = 8080`), and in the environment"
                                + " (`CATRS_HTTP_PORT=8080`). The command line overrides the file, the file the"
                                + " environment, the environment the default. An empty variable counts as not set. "
                                + commands,
                        kafka + " In the environment they are called `KAFKA_` and the key in upper case, with"
                                + " underscores for dots: `KAFKA_BOOTSTRAP_SERVERS`, `KAFKA_SASL_JAAS_CONFIG`. The log"
                                + " warns of keys that neither catrs nor Kafka knows."),
                declarations.table(),
                "deploy/catrs config " + program + " --markdown");
    }
}
