// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.catrs.schemas.InvalidDataException;

/** TCP ports of this machine's loopback address. */
public final class Ports {
    private Ports() {}

    /** A port on which nothing listens now. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free TCP port", e);
        }
    }

    /**
     * Makes sure that a program could listen on a port.
     *
     * @throws InvalidDataException if another program does, or this user may not
     */
    public static void requireFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new InvalidDataException(
                    "port " + port + " cannot be used (" + e.getMessage()
                            + "): stop the program that listens there, or choose another port with --port",
                    e);
        }
    }

    public static boolean isFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether something accepts connections on a port. */
    public static boolean answers(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
