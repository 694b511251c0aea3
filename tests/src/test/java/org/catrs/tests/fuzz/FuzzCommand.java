// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.program.terminal.Terminal;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.file.AtomicFiles;
import org.catrs.tests.Checkout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Has hostile records answered, as many as one likes. Started by tests/fuzz. */
@Command(
        name = "tests/fuzz",
        description =
                "Makes hostile records and has each answered as a certifier does, decoding included. Fails when one "
                        + "escapes as an exception, takes more than 2 s of CPU or more memory than it should. Each that does is "
                        + "kept in the folder. What was interrupted goes on when it is started again.",
        mixinStandardHelpOptions = true)
final class FuzzCommand implements Callable<Integer> {
    private static final long RECORDS_A_LINE = 10_000;

    @Option(names = "--seed", defaultValue = "1", description = "decides the records (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--count", defaultValue = "1000000", description = "how many (default: ${DEFAULT-VALUE})")
    private long count;

    @Option(
            names = "--only",
            defaultValue = "-1",
            description = "answers the record of this number alone, and shows it")
    private long only;

    @Option(names = "--dir", description = "folder for progress and findings (default: tests/target/fuzz)")
    private Path folder = Checkout.ROOT.resolve("tests/target/fuzz");

    private long found;

    private FuzzCommand() {}

    public static void main(String[] arguments) {
        System.exit(Terminal.run(new FuzzCommand(), arguments));
    }

    @Override
    public Integer call() throws IOException {
        Files.createDirectories(folder);
        try (FuzzRun run = new FuzzRun(seed, this::keep)) {
            if (only >= 0) {
                Record<byte[], byte[]> record = new RecordFuzzer(seed).make(only);
                write(only, record);
                run.answer(only);
                System.out.println(told(run));
                return found == 0 ? 0 : 1;
            }
            return answerAll(run);
        }
    }

    private int answerAll(FuzzRun run) throws IOException {
        Path progress = folder.resolve("seed-" + seed + ".properties");
        Properties before = read(progress);
        long first = Long.parseLong(before.getProperty("next", "0"));
        found = Long.parseLong(before.getProperty("found", "0"));
        for (long number = first; number < count; number++) {
            run.answer(number);
            long next = number + 1;
            if (next % RECORDS_A_LINE == 0 || next == count) {
                AtomicFiles.write(
                        progress, ("next=" + next + "\nfound=" + found + "\n").getBytes(StandardCharsets.UTF_8));
                System.out.printf("%d of %d, %d found, %s%n", next, count, found, told(run));
            }
        }
        if (found > 0) {
            System.err.println(found + " records that a certifier does not stand; see " + folder);
            return 1;
        }
        return 0;
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newBufferedReader(file)) {
                properties.load(in);
            }
        }
        return properties;
    }

    private static String told(FuzzRun run) {
        return "longest %.2f s of CPU, largest %d MiB, %s"
                .formatted(run.longest(), run.largest() >> 20, run.outcomes());
    }

    private void keep(long number, Record<byte[], byte[]> record, String what) {
        found++;
        String line = "seed " + seed + " number " + number + " " + what;
        System.err.println(line);
        try {
            Files.writeString(
                    folder.resolve("findings.txt"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(number, record);
    }

    /** The value as it is, and the headers in a text beside it. */
    private void write(long number, Record<byte[], byte[]> record) {
        StringBuilder headers = new StringBuilder();
        for (Header header : record.headers()) {
            headers.append(header.key())
                    .append('=')
                    .append(header.value() == null ? null : new String(header.value(), StandardCharsets.ISO_8859_1))
                    .append('\n');
        }
        try {
            Path value = folder.resolve(seed + "-" + number + ".value");
            Files.write(value, record.value() == null ? new byte[0] : record.value());
            Files.writeString(folder.resolve(seed + "-" + number + ".headers"), headers);
        } catch (IOException e) {
            throw new InvalidDataException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }
}
