// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.faults;

import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.metadata.storage.Formatter;

/** Main class of a broker's process: formats its directory the first time, and runs Kafka. */
public final class ClusterNode {
    static final String CONTROLLER = "CONTROLLER";

    private ClusterNode() {}

    /** @param arguments the path of the broker's properties */
    public static void main(String[] arguments) throws Exception {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        String directory = properties.getProperty("log.dirs");
        new Formatter()
                .setPrintStream(System.out)
                .setNodeId(Integer.parseInt(properties.getProperty("node.id")))
                .setClusterId("Y2F0cnMtZmF1bHQtdGVzdA")
                .setControllerListenerName(CONTROLLER)
                .setMetadataLogDirectory(directory)
                .addDirectory(directory)
                .setIgnoreFormatted(true)
                .run();
        kafka.Kafka.main(arguments);
    }
}
