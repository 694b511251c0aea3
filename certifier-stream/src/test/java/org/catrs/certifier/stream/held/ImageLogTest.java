// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class ImageLogTest {
    private static final TopicPartition PARTITION = new TopicPartition("images", 3);

    private final Logger logger = (Logger) LoggerFactory.getLogger(ImageLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final List<Long> lost = new ArrayList<>();
    private final ImageLog log = new ImageLog(new Uuid(1, 2), lost::add);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(lines);
    }

    @Test
    void shouldKnowTheOffsetsOfItsTopicAndThoseThatSayNothing() {
        OffsetAndMetadata offset = new OffsetAndMetadata(8, Optional.of(7), "AQ==");
        OffsetAndMetadata marked = log.marked(offset);
        assertThat(log.isOfThisTopic(PARTITION, marked)).isTrue();
        assertThat(log.isOfThisTopic(PARTITION, offset)).isTrue();
        assertThat(ImageLog.plain(marked)).isEqualTo(offset);
        assertThat(ImageLog.plain(offset)).isEqualTo(offset);
        assertThat(lines.list).isEmpty();
    }

    @Test
    void shouldSayThatAnOffsetIsOfATopicThatWasMadeAgain() {
        OffsetAndMetadata offset = new OffsetAndMetadata(8, Optional.of(7), "AQ==");
        ImageLog before = new ImageLog(new Uuid(1, 1), lost::add);
        assertThat(log.isOfThisTopic(PARTITION, before.marked(offset))).isFalse();
        assertThat(lines.list)
                .singleElement()
                .satisfies(line ->
                        assertThat(line.getFormattedMessage()).startsWith("images-3 was made again since offset 8"));
    }

    @Test
    void shouldCountAndNameTheOffsetsThatWereRemoved() {
        log.outOfRange(Map.of(PARTITION, 10L), Map.of(PARTITION, 40L));
        assertThat(lost).containsExactly(30L);
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .isEqualTo(
                                "up to 30 images of images-3 were removed before they were answered, by retention or by"
                                        + " somebody: offsets 10 to 39; reading goes on at 40"));
    }

    @Test
    void shouldSayThatItDoesNotKnowWhatWasRemovedWhereTheGroupHasNoOffset() {
        log.withoutOffset(Map.of(PARTITION, 40L));
        assertThat(lost).isEmpty();
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .startsWith("the group has no offset for images-3")
                        .contains("reading begins with its first image, at 40"));
    }

    @Test
    void shouldSayThatALogEndsBeforeTheOffsetAtWhichReadingWasToGoOn() {
        log.outOfRange(Map.of(PARTITION, 10L), Map.of(PARTITION, 0L));
        assertThat(lost).isEmpty();
        assertThat(lines.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage()).startsWith("images-3 ends before offset 10"));
    }
}
