// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.net.URL;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Switches a process's log from a person's to a service's: JSON lines on standard output. */
public final class ServiceLog {
    private static final String CHOSEN_BY_THE_USER = "logback.configurationFile";

    private ServiceLog() {}

    /** Switches, unless the user has chosen a Logback configuration. */
    public static void begin() {
        if (System.getProperty(CHOSEN_BY_THE_USER) != null
                || !(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return;
        }
        URL configuration = ServiceLog.class.getResource("logback-service.xml");
        // The client of the collector of traces, as Java's own, logs by java.util.logging.
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        context.reset();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(configuration);
        } catch (JoranException e) {
            throw new IllegalStateException(e);
        }
    }
}
