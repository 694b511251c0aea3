// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.catrs.program.terminal.Terminal;
import org.catrs.tests.Checkout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lets a certifier work for long, and watches what it holds. Started by tests/soak. */
@Command(
        name = "tests/soak",
        description =
                "Lets a certifier work for long: images and another model in each second. Prints what it holds as "
                        + "tab-separated values, and fails when memory, threads or open handles grow after the first quarter, or "
                        + "an image is not answered. Started again with the same folder, it goes on for what is left of the time.",
        mixinStandardHelpOptions = true)
final class SoakCommand implements Callable<Integer> {
    private static final Duration ROUND = Duration.ofSeconds(1);

    @Option(
            names = "--minutes",
            defaultValue = "60",
            description = "how long, all starts together (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Option(names = "--every", defaultValue = "10", description = "seconds between lines (default: ${DEFAULT-VALUE})")
    private double every;

    @Option(
            names = "--dir",
            description = "folder for broker, models and the table soak.tsv (default: tests/target/soak)")
    private Path folder = Checkout.ROOT.resolve("tests/target/soak");

    private SoakCommand() {}

    public static void main(String[] arguments) {
        System.exit(Terminal.run(new SoakCommand(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        try (SoakTable table = SoakTable.open(folder.resolve("soak.tsv"))) {
            Duration total = seconds(60 * minutes);
            if (table.lasted().compareTo(total) >= 0) {
                System.err.println(folder + " holds a soak of " + minutes + " minutes: remove it for a new one");
                return 2;
            }
            try (Soak soak = new Soak(folder)) {
                System.out.println(SoakTable.header());
                long begin = System.nanoTime();
                Supplier<Duration> time = () -> table.lasted().plusNanos(System.nanoTime() - begin);
                Duration settling = total.minus(table.lasted()).dividedBy(4);
                Soak.Sample settled = workUntil(table.lasted().plus(settling), time, soak, table);
                Soak.Sample last = workUntil(total, time, soak, table);
                if (settled.rounds() >= Soak.SETTLED) {
                    last.held().requireNoGrowthSince(settled.held(), last.rounds() - settled.rounds());
                } else {
                    System.err.printf(
                            "too short to judge growth: %d models in the first quarter, of %d at least%n",
                            settled.rounds(), Soak.SETTLED);
                }
                soak.requireAllAnswered();
            }
        }
        return 0;
    }

    /** Gives the last sample, at the end. */
    private Soak.Sample workUntil(Duration end, Supplier<Duration> time, Soak soak, SoakTable table) {
        Duration nextLine = time.get().plus(seconds(every));
        while (time.get().compareTo(end) < 0) {
            Duration nextRound = time.get().plus(ROUND);
            soak.round();
            if (time.get().compareTo(nextLine) >= 0) {
                System.out.println(table.add(time.get(), soak.sample()));
                nextLine = nextLine.plus(seconds(every));
            }
            LockSupport.parkNanos(nextRound.minus(time.get()).toNanos());
        }
        Soak.Sample last = soak.sample();
        System.out.println(table.add(time.get(), last));
        return last;
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
