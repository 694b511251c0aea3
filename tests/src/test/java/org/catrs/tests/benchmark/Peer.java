// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.schemas.InvalidDataException;

/** Another program that certifies images, to be timed beside ours. */
final class Peer {
    private static final Pattern SPEED = Pattern.compile("samples_per_second ([0-9.]+)");

    private Peer() {}

    /** Runs a command through the shell, and reads from its output how fast it was. */
    static double samplesPerSecond(String command) {
        try {
            Process process = new ProcessBuilder("sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher speed = SPEED.matcher(output);
            if (process.waitFor() != 0 || !speed.find()) {
                throw new InvalidDataException(
                        "the peer " + command + " did not print \"samples_per_second N\", but: " + output);
            }
            return Double.parseDouble(speed.group(1));
        } catch (IOException e) {
            throw new InvalidDataException("the peer " + command + " cannot be run: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the peer ran", e);
        }
    }
}
