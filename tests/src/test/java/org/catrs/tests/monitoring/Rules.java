// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.catrs.tests.Checkout;

/** The alerts and recorded series that catrs comes with. */
final class Rules {
    static final Path FILE = Checkout.ROOT.resolve("monitoring/prometheus/rules.yml");

    /** Alerts that a busy machine brings about: scrapes take longer than a second, images wait, brokers time out. */
    static final Set<String> OF_SPEED =
            Set.of("CatrsInstanceDown", "CatrsLagGrows", "CatrsNoCertifier", "CatrsTransactionsAborted");

    private static final Pattern MINUTES = Pattern.compile("(?<=\\[|for: |offset )(\\d+)m\\b");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)\n(.*?)(?=\n\n|\\z)", Pattern.DOTALL);

    private Rules() {}

    /**
     * An alert.
     *
     * @param text of all that follows its name
     */
    record Alert(String name, String text) {}

    /** The rules with a second for every minute of a window or a wait. */
    static String inSeconds() throws IOException {
        return MINUTES.matcher(Files.readString(FILE)).replaceAll("$1s");
    }

    /** All alerts, which stand apart by an empty line. */
    static List<Alert> alerts() throws IOException {
        return ALERT.matcher(Files.readString(FILE))
                .results()
                .map(alert -> new Alert(alert.group(1), alert.group(2)))
                .toList();
    }
}
