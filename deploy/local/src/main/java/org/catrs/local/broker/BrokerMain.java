// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.broker;

import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.metadata.storage.Formatter;

/** Main class of the broker's process: formats the data directory the first time, and runs Kafka. */
public final class BrokerMain {
    /** Any constant does: the cluster never has a second node. */
    private static final String CLUSTER_ID = "Y2F0cnMtc2luZ2xlLW5vZA";

    private BrokerMain() {}

    /**
     * Runs Kafka until the process is told to stop.
     *
     * @param arguments the path of the broker's properties file
     */
    public static void main(String[] arguments) throws Exception {
        format(Path.of(arguments[0]));
        kafka.Kafka.main(new String[] {arguments[0]});
    }

    private static void format(Path propertiesFile) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(propertiesFile, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        String directory = properties.getProperty("log.dirs");
        new Formatter()
                .setPrintStream(System.out)
                .setNodeId(BrokerProperties.NODE_ID)
                .setClusterId(CLUSTER_ID)
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(directory)
                .addDirectory(directory)
                .setIgnoreFormatted(true)
                .run();
    }
}
