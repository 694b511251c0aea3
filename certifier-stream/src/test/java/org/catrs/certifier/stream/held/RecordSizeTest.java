// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordSizeTest {
    @ParameterizedTest
    @CsvSource({"0, 0, 0, 1", "10, 100, 3, 5", "16384, 1000000, 1, 30", "63, 64, 127, 128", "0, 5, 40000, 1"})
    void shouldBeNoLessThanWhatTheProducerAndTheBrokersMeasure(int key, int value, int nameCharacters, int headers) {
        Headers all = new RecordHeaders();
        for (int header = 0; header < headers; header++) {
            all.add("\u20ac".repeat(nameCharacters), "value".getBytes(StandardCharsets.UTF_8));
            all.add("null", null);
        }
        long size = RecordSize.of(new byte[key], new byte[value], all);
        int producers = AbstractRecords.estimateSizeInBytesUpperBound(
                RecordBatch.CURRENT_MAGIC_VALUE, CompressionType.NONE, new byte[key], new byte[value], all.toArray());
        int brokers = MemoryRecords.withRecords(
                        Compression.NONE, new SimpleRecord(0L, new byte[key], new byte[value], all.toArray()))
                .sizeInBytes();
        assertThat(size)
                .isGreaterThanOrEqualTo(producers)
                .isGreaterThanOrEqualTo(brokers)
                .isLessThanOrEqualTo(brokers + 64 + 20L * headers);
    }
}
