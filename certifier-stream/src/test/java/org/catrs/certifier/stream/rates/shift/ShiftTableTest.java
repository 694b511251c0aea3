// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.catrs.certifier.stream.rates.shift.ShiftVotes.Row;
import org.catrs.certifier.stream.rates.shift.ShiftedImages.Shift;
import org.catrs.schemas.event.ShiftEvent.Measure;
import org.catrs.schemas.event.ShiftEvent.State;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The shifts of monitoring/SHIFT.md: a baseline of 2,000 of MNIST's test images, drawn with a seed, and then streams of what
 * else may come. The page's table is written to target/shifts/table.md.
 */
class ShiftTableTest {
    private static final ShiftLimits LIMITS = new ShiftLimits(0.01, 0.05);
    private static final int BASELINE = 2_000;
    private static final int STREAMS = 40;
    private static final int ANSWERS = 600;
    private static final int NEVER = Integer.MAX_VALUE;

    private final Map<Shift, List<Row>> rows = ShiftVotes.read();

    ShiftTableTest() throws IOException {}

    @Test
    void shouldTellEachShiftWithin60ImagesAndItsMixtureWithin300() throws IOException {
        StringBuilder table = new StringBuilder("""
                | images | abstained | labels | mean radius | told after | abstention | labels | radii | half of them: told after |
                | --- | --: | --- | --: | --: | --: | --: | --: | --: |
                """);
        table.append(row(Shift.CLEAN)).append(" not in 20,000 | - | - | - | not in 20,000 |\n");
        for (Shift shift : Shift.values()) {
            if (shift != Shift.CLEAN) {
                Streams alone = streams(shift, 1);
                Streams half = streams(shift, 0.5);
                assertThat(alone.latest()).as("%s, alone", shift).isLessThanOrEqualTo(60);
                assertThat(half.latest()).as("%s, every second image", shift).isLessThanOrEqualTo(300);
                table.append(row(shift));
                table.append(String.format(Locale.ROOT, " %d to %d |", alone.earliest(), alone.latest()));
                for (Measure measure : Measure.values()) {
                    int median = alone.median(measure);
                    table.append(median == NEVER ? " - |" : " " + median + " |");
                }
                table.append(String.format(Locale.ROOT, " %d to %d |%n", half.earliest(), half.latest()));
            }
        }
        Path folder = Path.of("target", "shifts");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("table.md"), table);
    }

    @Test
    void shouldTellNoneIn20000OtherImages() {
        for (int stream = 0; stream < 5; stream++) {
            Drawn drawn = new Drawn(stream);
            for (int i = 0; i < 20_000; i++) {
                assertThat(drawn.watch.add(drawn.clean())).as("image %d", i).isEmpty();
            }
        }
    }

    /** Its second half is easier: in file order, MNIST's test set is a shift itself. */
    @Test
    void shouldTellThatTheTestSetIsNotTheSameThroughout() {
        List<AnswerShape> inOrder =
                rows.get(Shift.CLEAN).stream().map(Row::answer).toList();
        ShiftWatch watch = new ShiftWatch(baseline(inOrder.subList(0, 5_000)), LIMITS);
        List<Measure> told = new ArrayList<>();
        inOrder.subList(5_000, 10_000)
                .forEach(answer -> watch.add(answer).forEach(change -> told.add(change.measure())));
        assertThat(told).startsWith(Measure.RADII);
    }

    /** Votes of another processor, or of another order of the noise, differ by chance; 4 standard deviations are allowed. */
    @Test
    @Tag("slow")
    void shouldVoteAsTheTableSays() {
        String data = System.getenv("CATRS_DATA");
        assumeThat(data).as("CATRS_DATA names the folder of the data").isNotNull();
        assumeThat(Path.of(data, "cifar10-jpeg.tar.gz"))
                .as("CIFAR-10 as JPEG files")
                .exists();
        try (ShiftVotes votes = new ShiftVotes(Path.of(data))) {
            rows.forEach((shift, ofShift) -> {
                for (int i = 0; i < 5; i++) {
                    Row row = ofShift.get(i * 97);
                    Row again = votes.certify(shift, row.index());
                    double share = row.votes() / 1_000.0;
                    // Where two classes are nearly as probable, either may be the candidate.
                    if (share > 0.6) {
                        assertThat(again.candidate()).as("candidate of %s", row).isEqualTo(row.candidate());
                        assertThat((double) Math.abs(again.votes() - row.votes()))
                                .as("votes of %s", row)
                                .isLessThanOrEqualTo(4 * Math.sqrt(2 * 1_000 * share * (1 - share)) + 8);
                    }
                }
            });
        }
    }

    private String row(Shift shift) {
        List<AnswerShape> answers = rows.get(shift).stream().map(Row::answer).toList();
        List<AnswerShape> certified =
                answers.stream().filter(AnswerShape::isCertified).toList();
        Map<Integer, Long> labels =
                certified.stream().collect(Collectors.groupingBy(AnswerShape::label, Collectors.counting()));
        String most = labels.entrySet().stream()
                .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
                .limit(2)
                .map(entry -> String.format(
                        Locale.ROOT, "%d%% \"%d\"", 100 * entry.getValue() / certified.size(), entry.getKey()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "| %s | %.1f%% | %s | %.2f |",
                shift,
                100.0 * (answers.size() - certified.size()) / answers.size(),
                most,
                0.5
                        * certified.stream()
                                .mapToDouble(AnswerShape::radius)
                                .average()
                                .orElseThrow());
    }

    private Streams streams(Shift shift, double share) {
        Map<Measure, int[]> toldAt = new EnumMap<>(Measure.class);
        int[] first = new int[STREAMS];
        Arrays.fill(first, NEVER);
        for (Measure measure : Measure.values()) {
            toldAt.put(measure, first.clone());
        }
        for (int stream = 0; stream < STREAMS; stream++) {
            Drawn drawn = new Drawn(100 + stream);
            for (int i = 1; i <= ANSWERS; i++) {
                AnswerShape answer = drawn.random.nextDouble() < share ? drawn.one(rows.get(shift)) : drawn.clean();
                for (ShiftChange change : drawn.watch.add(answer)) {
                    if (change.state() == State.BEGAN) {
                        int[] told = toldAt.get(change.measure());
                        told[stream] = Math.min(told[stream], i);
                        first[stream] = Math.min(first[stream], i);
                    }
                }
            }
        }
        Arrays.sort(first);
        toldAt.values().forEach(Arrays::sort);
        return new Streams(first, toldAt);
    }

    private static Baseline baseline(List<AnswerShape> answers) {
        Baseline baseline = Baseline.empty(10);
        for (AnswerShape answer : answers) {
            baseline = baseline.with(answer);
        }
        return baseline;
    }

    /** A baseline, and streams of the images that it does not have. */
    private final class Drawn {
        private final SplittableRandom random;
        private final List<Row> others;
        private final ShiftWatch watch;

        Drawn(long seed) {
            random = new SplittableRandom(seed);
            List<Row> clean = new ArrayList<>(rows.get(Shift.CLEAN));
            Collections.shuffle(clean, new Random(seed));
            watch = new ShiftWatch(
                    baseline(
                            clean.subList(0, BASELINE).stream().map(Row::answer).toList()),
                    LIMITS);
            others = clean.subList(BASELINE, clean.size());
        }

        AnswerShape clean() {
            return one(others);
        }

        AnswerShape one(List<Row> from) {
            return from.get(random.nextInt(from.size())).answer();
        }
    }

    /** After how many images a shift was told, by any measure and by each, in rising order. */
    private record Streams(int[] first, Map<Measure, int[]> toldAt) {
        int earliest() {
            return first[0];
        }

        int latest() {
            return first[first.length - 1];
        }

        int median(Measure measure) {
            return toldAt.get(measure)[first.length / 2];
        }
    }
}
