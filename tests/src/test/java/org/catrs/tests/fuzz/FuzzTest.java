// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.junit.jupiter.api.Test;

/** What tests/fuzz does with a million records, with some; what it has found is kept by number. */
final class FuzzTest {
    private static final long SEED = 1;
    private static final long RECORDS = 100_000;

    @Test
    void shouldDecodeOrRejectWhateverAProducerSends() {
        List<String> findings = new ArrayList<>();
        try (FuzzRun run = new FuzzRun(SEED, (number, record, what) -> findings.add(number + " " + what))) {
            for (long number = 0; number < RECORDS; number++) {
                run.answer(number);
            }
            System.out.printf(
                    "%s, longest %.3f s, largest %d MiB%n", run.outcomes(), run.longest(), run.largest() >> 20);
            assertThat(findings).isEmpty();
            // Otherwise the records are so broken that nothing is learned of what lies behind the first look.
            assertThat(run.outcomes().get("CERTIFIED")).isGreaterThan(RECORDS / 20);
            assertThat(run.outcomes())
                    .containsKeys(Arrays.stream(RejectionReason.values())
                            .filter(reason -> reason.fault().name().equals("INPUT"))
                            // Those of large files are rare; the topics of answers are not compacted.
                            .filter(reason ->
                                    reason != RejectionReason.TOO_MANY_PIXELS && reason != RejectionReason.MISSING_KEY)
                            .map(RejectionReason::name)
                            .toArray(String[]::new));
        }
    }

    @Test
    void shouldMakeTheSameRecordOfTheSameNumber() {
        for (long number = 0; number < 20; number++) {
            Record<byte[], byte[]> one = new RecordFuzzer(7).make(number);
            Record<byte[], byte[]> other = new RecordFuzzer(7).make(number);
            assertThat(one.value()).isEqualTo(other.value());
            assertThat(one.headers()).isEqualTo(other.headers());
        }
    }
}
