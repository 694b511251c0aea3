// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** TCP ports of this machine. */
public final class ForkPorts {
    private static final int COUNT = 1_000;

    /**
     * Each JVM that runs tests has ports of its own, below those that Linux gives to whoever asks for any: what is free
     * now is still free when a process that was told of it listens there.
     */
    private static final int FIRST = Integer.getInteger("catrs.tests.port", 20_000);

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private ForkPorts() {}

    /** A port at which nothing listens now, and that is not given again before many others were. */
    public static int free() {
        return IntStream.generate(() -> FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT))
                .limit(COUNT)
                .filter(ForkPorts::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port from " + FIRST + " on"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    /** Whether something listens at a port. */
    public static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }
}
