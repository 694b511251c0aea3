// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.catrs.schemas.event.TrainingJob;
import org.catrs.schemas.serde.EventFormat;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.trainer.jobs.JobRecord.Cancellation;
import org.catrs.trainer.jobs.JobRecord.Malformed;
import org.catrs.trainer.jobs.JobRecord.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobRecordReaderTest {
    private static final TrainingJob JOB =
            new TrainingJob("job", "digits", "mnist", "mnist/sigma-0.50/cat-rs", Map.of("epochs", "2"));

    private final JobRecordReader reader = new JobRecordReader(EventSerdes.deserializer(TrainingJob.class, null));

    @ParameterizedTest
    @EnumSource(EventFormat.class)
    void shouldReadOrdersInEitherFormat(EventFormat format) {
        byte[] value = EventSerdes.serializer(TrainingJob.class, format, null).serialize("training-jobs", JOB);

        assertThat(read("job", value)).isEqualTo(new Order(JOB));
    }

    @Test
    void shouldTakeARecordWithoutAValueForACancellation() {
        assertThat(read("job", null)).isEqualTo(new Cancellation("job"));
    }

    @Test
    void shouldNameWhatHasNoKeyByItsPlace() {
        assertThat(read(null, "no JSON".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Malformed.class, malformed -> assertThat(malformed.id()).isEqualTo("training-jobs-3-7"));
    }

    @Test
    void shouldSayWhatIsMissing() {
        assertThat(read("job", "{\"id\":\"job\"}".getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains("field model is missing"));
    }

    @Test
    void shouldRefuseAJobUnderAnotherKey() {
        byte[] value = EventSerdes.serializer(TrainingJob.class, EventFormat.JSON, null)
                .serialize("training-jobs", JOB);

        assertThat(read("other", value))
                .isEqualTo(new Malformed("other", "the record's key must be the job's id 'job', found 'other'"));
        assertThat(read(null, value))
                .isEqualTo(new Malformed("job", "the record's key must be the job's id 'job', found none"));
    }

    @Test
    void shouldRefuseAJobThatIsTooLargeToWait() {
        assertThat(read("job", new byte[JobRecordReader.MOST_BYTES + 1]))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> assertThat(malformed.reason()).contains("65537 bytes"));
    }

    private JobRecord read(String key, byte[] value) {
        return reader.read(new ConsumerRecord<>("training-jobs", 3, 7, key, value));
    }
}
