// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.catrs.certifier.stream.outcome.ExactCertificate;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.console.view.Detail;
import org.catrs.console.view.ShownAnswer;
import org.catrs.console.view.Tile;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.json.JsonRecords;
import org.catrs.schemas.topic.HeaderNames;
import org.junit.jupiter.api.Test;

class AnswerTilesTest {
    private final AnswerTiles tiles = new AnswerTiles(new TopicNames("images", "answers", "rejected"), null);

    @Test
    void shouldShowNoRadiusOrBoundAboveTheExactOne() {
        for (ExactCertificate exact : ExactCertificate.all()) {
            ShownAnswer answer = answered(JsonRecords.write(exact.event())).orElseThrow();
            Tile tile = answer.tile();
            assertThat(new BigDecimal(tile.radius())).isLessThanOrEqualTo(exact.radius());
            Detail detail = answer.detail().get();
            assertThat(detail.certificate()).isEqualTo(exact.event());
            for (Detail.Attempt attempt : detail.attempts()) {
                for (Detail.Look look : attempt.looks()) {
                    assertThat(new BigDecimal(look.lowerBound())).isLessThanOrEqualTo(exact.bound());
                    assertThat(new BigDecimal(look.radius()))
                            .isLessThanOrEqualTo(exact.radius().max(BigDecimal.ZERO));
                }
            }
            assertThat(JsonRecords.readTree(JsonRecords.write(tile))
                            .get("radius")
                            .doubleValue())
                    .isEqualTo(tile.radius());
        }
    }

    @Test
    void shouldRepeatNothingThatAProducerWrote() {
        Headers headers = rejection("UNKNOWN_MODEL").add("secret-name", "secret".getBytes(UTF_8));
        ShownAnswer answer = tiles.read(record("rejected", headers, "secret".getBytes(UTF_8)))
                .orElseThrow();
        assertThat(answer.tile().reason()).isEqualTo("UNKNOWN_MODEL");
        assertThat(answer.tile().image()).isEqualTo(new ImageOrigin("images", 3, 42));
        assertThat(answer.tile().answered()).isEqualTo(7);
        Detail detail = answer.detail().get();
        assertThat(detail.meaning()).contains("names a model that is not served");
        assertThat(new String(JsonRecords.write(answer.tile()), UTF_8) + new String(JsonRecords.write(detail), UTF_8))
                .doesNotContain("secret");
    }

    @Test
    void shouldPassOverWhatIsNoRejectedImage() {
        assertThat(tiles.read(record("rejected", new RecordHeaders(), new byte[1])))
                .isEmpty();
        assertThat(tiles.read(record("rejected", rejection("<script>"), new byte[1])))
                .isEmpty();
        Headers bad = rejection("CORRUPT_IMAGE");
        bad.remove(HeaderNames.STREAMS_ERROR_PREFIX + "offset");
        bad.add(HeaderNames.STREAMS_ERROR_PREFIX + "offset", "x".getBytes(UTF_8));
        assertThat(tiles.read(record("rejected", bad, new byte[1]))).isEmpty();
        assertThat(tiles.read(record("rejected", rejection("CORRUPT_IMAGE"), null)))
                .isEmpty();
    }

    @Test
    void shouldRefuseWhatIsNoPrediction() {
        assertThatThrownBy(() -> answered("{}".getBytes(UTF_8))).isInstanceOf(SerializationException.class);
    }

    private Optional<ShownAnswer> answered(byte[] value) {
        return tiles.read(record("answers", new RecordHeaders(), value));
    }

    private static Headers rejection(String reason) {
        return new RecordHeaders()
                .add(HeaderNames.ERROR_STAGE, "intake".getBytes(UTF_8))
                .add(HeaderNames.ERROR_REASON, reason.getBytes(UTF_8))
                .add(HeaderNames.STREAMS_ERROR_PREFIX + "message", "the header model names 'secret'".getBytes(UTF_8))
                .add(HeaderNames.STREAMS_ERROR_PREFIX + "topic", "images".getBytes(UTF_8))
                .add(HeaderNames.STREAMS_ERROR_PREFIX + "partition", "3".getBytes(UTF_8))
                .add(HeaderNames.STREAMS_ERROR_PREFIX + "offset", "42".getBytes(UTF_8))
                .add(HeaderNames.ANSWERED, "7".getBytes(UTF_8));
    }

    private static ConsumerRecord<byte[], byte[]> record(String topic, Headers headers, byte[] value) {
        return new ConsumerRecord<>(
                topic,
                0,
                5,
                9,
                TimestampType.CREATE_TIME,
                0,
                0,
                "secret".getBytes(UTF_8),
                value,
                headers,
                Optional.empty());
    }
}
