// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.process;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Properties;

/** Stands in for the commands that others chain: does nothing but what those see of it. */
public final class FakeCommands {
    private FakeCommands() {}

    /** Writes a start script that runs these commands in place of the real ones. */
    public static Path writeScript(Path folder) throws IOException {
        Path script = folder.resolve("catrs");
        List<String> command = TestJvm.command(Guarded.class, FakeCommands.class.getName());
        Files.writeString(script, "#!/bin/sh\nshift\nexec '" + String.join("' '", command) + "' \"$@\"\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    public static void main(String[] arguments) throws IOException {
        System.out.println("fake " + String.join(" ", arguments));
        List<String> given = List.of(arguments);
        switch (arguments[0]) {
            case "train" -> train(given);
            case "evaluate" -> evaluate(given);
            case "serve" -> serve(Path.of(option(given, "--config")), Integer.parseInt(option(given, "--http-port")));
            case "watch" -> Files.writeString(Path.of(option(given, "--out")), "idx\n");
            default -> {}
        }
    }

    private static void train(List<String> given) throws IOException {
        if (given.contains("fails")) {
            System.exit(3);
        }
        Path out = Files.createDirectories(Path.of(option(given, "--out")));
        Files.writeString(out.resolve("model.json"), String.join(" ", given));
    }

    /** Each call adds a line to the output. */
    private static void evaluate(List<String> given) throws IOException {
        if (option(given, "--n").equals("13")) {
            System.exit(3);
        }
        Files.writeString(
                Path.of(option(given, "--out")),
                String.join(" ", given) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private static void serve(Path config, int port) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(config)) {
            properties.load(reader);
        }
        if (properties.getProperty("n").equals("13")) {
            throw new IllegalStateException("13 noise samples are bad luck");
        }
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private static String option(List<String> arguments, String name) {
        return arguments.get(arguments.indexOf(name) + 1);
    }
}
