// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.catrs.certifier.stream.intake.ImageIntake;
import org.catrs.certifier.stream.intake.IncomingImage;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.catrs.schemas.topic.WholeTopic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images on their topic, one at a time and by their place. What is shown is the decoded image and never the bytes that
 * were sent; an image that its model cannot take is not shown.
 */
public final class TopicPictures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicPictures.class);

    private static final int MOST_KEPT = 600;
    private static final int MOST_KEPT_BYTES = 16 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Map<String, Object> settings;
    private final ImageLimits limits;
    private final ConsoleModels models;
    private final Map<ImageOrigin, byte[]> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageOrigin, byte[]> eldest) {
            return size() > MOST_KEPT;
        }
    };
    private @Nullable Consumer<byte[], byte[]> consumer;
    private boolean isClosed;

    /** @param models give the shape of the images that each takes */
    public TopicPictures(ConsoleOptions options, ConsoleModels models) {
        this.limits = options.limits();
        this.models = models;
        this.settings = new HashMap<>(options.consumer());
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 64 << 10);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 64 << 10);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    }

    /** The image as PNG; empty where it is not there any more, or cannot be shown. */
    Optional<byte[]> png(ImageOrigin origin, @Nullable String model) {
        synchronized (this) {
            byte[] known = kept.get(origin);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<byte[]> png = image(origin, model).map(PngPicture::of);
        png.filter(picture -> picture.length <= MOST_KEPT_BYTES).ifPresent(picture -> {
            synchronized (this) {
                kept.put(origin, picture);
            }
        });
        return png;
    }

    /** The image as its model takes it. */
    Optional<ImageTensor> image(ImageOrigin origin, @Nullable String model) {
        Optional<ImageShape> shape = models.shape(model);
        if (shape.isEmpty()) {
            return Optional.empty();
        }
        return record(origin).flatMap(record -> {
            try {
                IncomingImage image = IncomingImage.of(origin, record.headers(), record.value());
                return Optional.of(new ImageIntake(shape.get(), limits).take(image));
            } catch (RejectedImageException e) {
                return Optional.empty();
            }
        });
    }

    private synchronized Optional<ConsumerRecord<byte[], byte[]>> record(ImageOrigin origin) {
        if (isClosed) {
            return Optional.empty();
        }
        try {
            Consumer<byte[], byte[]> reader = consumer == null ? WholeTopic.consumer(settings) : consumer;
            consumer = reader;
            TopicPartition partition = new TopicPartition(origin.topic(), origin.partition());
            reader.assign(List.of(partition));
            reader.seek(partition, origin.offset());
            return reader.poll(PATIENCE).records(partition).stream()
                    .filter(record -> record.offset() == origin.offset())
                    .findFirst();
        } catch (KafkaException e) {
            LOG.debug("the image {} cannot be read", origin, e);
            closeConsumer();
            return Optional.empty();
        }
    }

    private void closeConsumer() {
        if (consumer != null) {
            consumer.close();
            consumer = null;
        }
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        closeConsumer();
    }
}
