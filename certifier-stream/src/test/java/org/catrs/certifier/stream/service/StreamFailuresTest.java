// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;

final class StreamFailuresTest {
    private final List<Throwable> stopped = new ArrayList<>();
    private boolean haveLimitsChanged;
    private final StreamFailures failures = new StreamFailures(
            () -> haveLimitsChanged, new TopicNames("images", "predictions", "rejected"), stopped::add);

    @Test
    void shouldMakeAnswersAgainThatATopicTakesNoMore() {
        haveLimitsChanged = true;
        assertThat(handle(new RecordTooLargeException("600"))).isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        assertThat(stopped).isEmpty();
    }

    @Test
    void shouldStopWhenAnAnswerIsRefusedThoughNoLimitHasChanged() {
        assertThat(handle(new RecordTooLargeException("600"))).isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(stopped).singleElement().isInstanceOf(StreamsException.class);
    }

    @Test
    void shouldGoOnAfterTheBrokersHaveEndedATransactionButNotForEver() {
        for (int time = 0; time < 40; time++) {
            assertThat(handle(new InvalidTxnStateException("ended")))
                    .isEqualTo(StreamThreadExceptionResponse.REPLACE_THREAD);
        }
        assertThat(handle(new InvalidTxnStateException("ended")))
                .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    }

    @Test
    void shouldSayInALineThatTheTopicOfImagesIsGone() {
        assertThat(handle(new MissingSourceTopicException("0_0")))
                .isEqualTo(StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
        assertThat(stopped)
                .singleElement()
                .isInstanceOf(InvalidDataException.class)
                .extracting(Throwable::getMessage)
                .isEqualTo("the topic images was deleted: make it again, and start the service again");
    }

    private StreamThreadExceptionResponse handle(Throwable cause) {
        return failures.handle(new StreamsException("a thread failed", cause));
    }
}
