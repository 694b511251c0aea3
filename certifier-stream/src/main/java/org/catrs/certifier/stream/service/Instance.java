// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** How this process is named among the instances of the service. */
final class Instance {
    private Instance() {}

    /** HOST:PORT of its metrics. */
    static String name(int port) {
        try {
            return InetAddress.getLocalHost().getHostName() + ":" + port;
        } catch (UnknownHostException e) {
            return "localhost:" + port;
        }
    }
}
