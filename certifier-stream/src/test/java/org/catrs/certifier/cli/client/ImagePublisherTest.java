// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteBufferSerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.DatasetImages;
import org.catrs.schemas.dataset.DatasetKind;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.FolderImages;
import org.catrs.schemas.dataset.OutgoingImage;
import org.catrs.schemas.dataset.Split;
import org.catrs.schemas.image.ImageEncoding;
import org.catrs.schemas.image.RawTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImagePublisherTest {
    private static final byte[] PNG_SIGNATURE = "\211PNG\r\n\032\n".getBytes(StandardCharsets.ISO_8859_1);

    private final MockProducer<String, ByteBuffer> producer =
            new MockProducer<>(false, null, new StringSerializer(), new ByteBufferSerializer());
    private final ImagePublisher publisher = new ImagePublisher(producer, "images", null, PlanRequest.NONE);

    @Test
    void shouldSendKeyContentTypeAndTrueLabel() {
        publisher.send(image("digits/test/3", 7));
        ProducerRecord<String, ByteBuffer> sent = producer.history().get(0);
        assertThat(sent.topic()).isEqualTo("images");
        assertThat(sent.key()).isEqualTo("digits/test/3");
        assertThat(sent.headers().lastHeader("content-type").value()).asString().isEqualTo("image/png");
        assertThat(sent.headers().lastHeader("true-label").value()).asString().isEqualTo("7");
    }

    @Test
    void shouldNameTheModelWhereOneIsAskedFor() {
        publisher.send(image("a.png", null));
        new ImagePublisher(producer, "images", "digits", PlanRequest.NONE).send(image("b.png", null));
        assertThat(producer.history().get(0).headers().lastHeader("model")).isNull();
        assertThat(producer.history().get(1).headers().lastHeader("model").value())
                .asString()
                .isEqualTo("digits");
    }

    @Test
    void shouldAskForARadiusAndADeadline() {
        publisher.send(image("a.png", null));
        new ImagePublisher(producer, "images", null, new PlanRequest(null, 0.5, null, 2.0)).send(image("b.png", null));
        assertThat(producer.history().get(0).headers().lastHeader("target-radius"))
                .isNull();
        assertThat(producer.history()
                        .get(1)
                        .headers()
                        .lastHeader("target-radius")
                        .value())
                .asString()
                .isEqualTo("0.5");
        assertThat(producer.history().get(1).headers().lastHeader("deadline").value())
                .asString()
                .isEqualTo("2.0");
    }

    @Test
    void shouldSendNoTrueLabelWhereNoneIsKnown() {
        publisher.send(image("a.png", null));
        assertThat(producer.history().get(0).headers().lastHeader("true-label")).isNull();
    }

    @Test
    void shouldCountWhatIsAcknowledged() {
        publisher.send(image("a", null));
        publisher.send(image("b", null));
        assertThat(publisher.acknowledged()).isZero();
        publisher.finish();
        assertThat(publisher.acknowledged()).isEqualTo(2);
    }

    @Test
    void shouldFailWhenOneImageFailed() {
        publisher.send(image("a", null));
        publisher.send(image("b", null));
        producer.completeNext();
        producer.errorNext(new RecordTooLargeException("too large"));
        assertThatThrownBy(publisher::finish)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll("1 images", "b: ", "too large");
        assertThat(publisher.acknowledged()).isEqualTo(1);
    }

    @Test
    void shouldSendADatasetAsRawTensorsWithLabels() {
        Dataset digits = Datasets.open(DatasetKind.DIGITS, Split.TEST, null);
        OutgoingImage image = new DatasetImages(digits).get(5);
        assertThat(image.key()).isEqualTo(digits.name() + "/5");
        assertThat(image.value().array())
                .isEqualTo(RawTensor.encode(digits.get(5).image()));
        assertThat(image.encoding()).isEqualTo(ImageEncoding.TENSOR);
        assertThat(image.trueLabel()).isEqualTo(digits.get(5).label());
    }

    @Test
    void shouldFindImageFilesInFoldersInOrder(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("b"));
        Files.write(folder.resolve("z.PNG"), PNG_SIGNATURE);
        Files.write(folder.resolve("b/is-png.jpg"), PNG_SIGNATURE);
        Files.write(folder.resolve("b/broken.jpeg"), new byte[] {1, 2});
        Files.writeString(folder.resolve("labels.csv"), "not an image");
        FolderImages images = new FolderImages(folder);
        assertThat(images.size()).isEqualTo(3);
        assertThat(images.get(0).key()).isEqualTo("b/broken.jpeg");
        assertThat(images.get(0).encoding()).isEqualTo(ImageEncoding.JPEG);
        assertThat(images.get(0).value().array()).containsExactly(1, 2);
        assertThat(images.get(1).key()).isEqualTo("b/is-png.jpg");
        assertThat(images.get(1).encoding()).isEqualTo(ImageEncoding.PNG);
        assertThat(images.get(2).key()).isEqualTo("z.PNG");
    }

    @Test
    void shouldSayWhenAFolderHoldsNoImage(@TempDir Path folder) {
        assertThatThrownBy(() -> new FolderImages(folder))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(folder.toString(), ".png");
    }

    private static OutgoingImage image(String key, Integer trueLabel) {
        return new OutgoingImage(key, ByteBuffer.wrap(PNG_SIGNATURE), ImageEncoding.PNG, trueLabel);
    }
}
