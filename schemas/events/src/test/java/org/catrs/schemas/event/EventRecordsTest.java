// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.TrainingStatus.State;
import org.catrs.schemas.image.ImageShape;
import org.junit.jupiter.api.Test;

class EventRecordsTest {
    @Test
    void shouldReadWhyAnImageWasRejectedFromItsHeaders() {
        RecordHeaders headers = headers(
                "content-type", "image/png",
                "catrs.error.stage", "decode",
                "catrs.error.reason", "CORRUPT_IMAGE",
                "__streams.errors.message", "the checksum of a PNG chunk does not match its content",
                "__streams.errors.exception", "org.catrs.schemas.image.ImageDecodingException",
                "__streams.errors.topic", "images",
                "__streams.errors.partition", "3",
                "__streams.errors.offset", "5000000000");
        assertThat(ImageRejection.of(headers)).contains(SampleEvents.REJECTION);
        headers.add("catrs.answered", "1796000000000".getBytes(StandardCharsets.UTF_8));
        assertThat(ImageRejection.of(headers).orElseThrow().answered()).isEqualTo(1_796_000_000_000L);
        assertThat(ImageRejection.of(headers).orElseThrow().origin())
                .isEqualTo(new ImageOrigin("images", 3, 5_000_000_000L));
    }

    @Test
    void shouldSeeNoRejectionInOtherRecords() {
        assertThat(ImageRejection.of(headers("content-type", "image/png"))).isEmpty();
        assertThat(ImageRejection.of(headers("catrs.error.stage", "decode"))).isEmpty();
    }

    @Test
    void shouldRefuseAnOriginThatIsNoNumber() {
        RecordHeaders headers = headers(
                "catrs.error.stage", "decode", "catrs.error.reason", "EMPTY_VALUE", "__streams.errors.offset", "x");
        assertThatThrownBy(() -> ImageRejection.of(headers))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("__streams.errors.offset must be a whole number");
        headers.remove("__streams.errors.offset")
                .add("__streams.errors.partition", "2147483648".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ImageRejection.of(headers))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("partition");
    }

    @Test
    void shouldSayWhatBecameOfAJob() {
        assertThatThrownBy(() -> new TrainingStatus("a", State.SUCCEEDED, 1.0, Map.of(), null, null))
                .hasMessageContaining("model version");
        assertThatThrownBy(() -> new TrainingStatus("a", State.RUNNING, 1.0, Map.of(), "1", null))
                .hasMessageContaining("model version");
        assertThatThrownBy(() -> new TrainingStatus("a", State.FAILED, 1.0, Map.of(), null, null))
                .hasMessageContaining("reason");
        assertThatThrownBy(() -> new TrainingStatus("a", State.RUNNING, -1.0, Map.of(), null, null))
                .hasMessageContaining("epoch");
        assertThatThrownBy(() -> new TrainingStatus("a", State.RUNNING, 1.0, Map.of("low", Double.NaN), null, null))
                .hasMessageContaining("losses are finite");
    }

    @Test
    void shouldRefuseBlankNamesAndImpossiblePlans() {
        assertThatThrownBy(() -> new TrainingJob(" ", "digits", "mnist", null, Map.of()))
                .hasMessageContaining("id");
        assertThatThrownBy(() -> new ModelRelease.Plan("fixed", 0, 1, 0.1)).hasMessageContaining("n0");
        assertThatThrownBy(() -> new ModelRelease.Plan("fixed", 1, 1, 0)).hasMessageContaining("alpha");
        ImageShape shape = new ImageShape(1, 28, 28);
        ModelRelease.Plan plan = new ModelRelease.Plan("fixed", 1, 1, 0.1);
        String sha256 = "0".repeat(64);
        assertThatThrownBy(() -> new ModelRelease("a", "1", "file:///a", sha256, null, 0.5, List.of(), shape, plan, 1L))
                .hasMessageContaining("class name");
    }

    private static RecordHeaders headers(String... namesAndValues) {
        RecordHeaders headers = new RecordHeaders();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return headers;
    }
}
