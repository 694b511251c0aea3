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
                "Lets a certifier work for long: images, one in a hundred of which is none, and another model in each "
                        + "second; every ten minutes it is killed. Prints what it holds as tab-separated values, draws it, "
                        + "and fails when memory, threads or open handles grow in the second half of an instance's life, or "
                        + "an image is not answered once. Started again with the same folder, it goes on for what is left "
                        + "of the time.",
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
            names = "--kill-every",
            defaultValue = "10",
            description = "minutes of an instance's life (default: ${DEFAULT-VALUE})")
    private double life;

    @Option(
            names = "--dir",
            description =
                    "folder for broker, models, the table soak.tsv and its picture soak.svg (default: tests/target/soak)")
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
                while (time.get().compareTo(total) < 0) {
                    live(least(time.get().plus(seconds(60 * life)), total), time, soak, table);
                    if (time.get().compareTo(total) < 0) {
                        soak.kill();
                    }
                }
                soak.requireAllAnswered();
            }
        }
        SoakPlot.write(SoakTable.Columns.of(folder.resolve("soak.tsv")), folder.resolve("soak.svg"));
        return 0;
    }

    /** One instance's life, in the first half of which it settles. */
    private void live(Duration end, Supplier<Duration> time, Soak soak, SoakTable table) {
        Duration half = time.get().plus(end.minus(time.get()).dividedBy(2));
        long born = soak.sample().rounds();
        Soak.Sample settled = workUntil(half, time, soak, table);
        Soak.Sample last = workUntil(end, time, soak, table);
        if (settled.rounds() - born >= Soak.SETTLED) {
            last.held().requireNoGrowthSince(settled.held(), last.rounds() - settled.rounds());
        } else {
            System.err.printf(
                    "too short to judge growth: %d models in the first half, of %d at least%n",
                    settled.rounds() - born, Soak.SETTLED);
        }
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Gives the last sample, at the end. */
    private Soak.Sample workUntil(Duration end, Supplier<Duration> time, Soak soak, SoakTable table) {
        Duration nextLine = time.get().plus(seconds(every));
        while (time.get().compareTo(end) < 0) {
            Duration nextRound = time.get().plus(ROUND);
            soak.round();
            if (time.get().compareTo(nextLine) >= 0) {
                Soak.Sample sample = soak.sample();
                System.out.println(table.add(time.get(), sample));
                sample.requireBoundedLag();
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
