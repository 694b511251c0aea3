// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.catrs.console.view.AnswerSource;
import org.catrs.console.view.StreamReader;
import org.catrs.schemas.DaemonThreads;
import org.catrs.schemas.event.Event;
import org.catrs.schemas.event.ImageOrigin;
import org.catrs.schemas.topic.WholeTopic;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the answers of all instances from their topics: in no group, of transactions what was committed, the last ones
 * first of all. Where answers come faster than they can be read, it goes on with the last ones again.
 */
public final class TopicAnswers implements AnswerSource, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicAnswers.class);

    private static final long LAST_ANSWERS = 100;
    private static final long FAR_BEHIND = 2_000;
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    private final ConsoleOptions options;
    private final AnswerTiles tiles;
    private final TopicPictures images;

    /** @param images the images that are shown */
    public TopicAnswers(ConsoleOptions options, TopicPictures images) {
        this.options = options;
        this.tiles = new AnswerTiles(options.topics(), options.registry());
        this.images = images;
    }

    @Override
    public AutoCloseable follow(StreamReader reader) {
        Reading reading = new Reading(reader);
        Thread thread = DaemonThreads.named("console-answers").newThread(reading);
        thread.start();
        return () -> {
            reading.stop();
            thread.interrupt();
        };
    }

    @Override
    public Optional<byte[]> picture(ImageOrigin origin, @Nullable String model) {
        return options.showsPictures() && origin.topic().equals(options.topics().images())
                ? images.png(origin, model)
                : Optional.empty();
    }

    @Override
    public boolean showsPictures() {
        return options.showsPictures();
    }

    @Override
    public void close() {
        images.close();
    }

    /** One reading of the topics. */
    private final class Reading implements Runnable {
        private final StreamReader reader;
        private final Map<String, ToldTopic<?>> told = new HashMap<>();
        private String leftOut = "";
        private volatile boolean isStopped;

        Reading(StreamReader reader) {
            this.reader = reader;
            options.toldTopics().forEach(topic -> told.put(topic.name(), topic));
        }

        void stop() {
            isStopped = true;
        }

        @Override
        public void run() {
            while (!isStopped) {
                try {
                    read();
                } catch (InterruptException | WakeupException e) {
                    return;
                } catch (KafkaException e) {
                    if (leaveOut(e)) {
                        continue;
                    }
                    LOG.warn("the console cannot read the topics, and tries again: {}", e.toString());
                    reader.state("The topics cannot be read (" + e.getClass().getSimpleName() + "); trying again.");
                    if (!pause()) {
                        return;
                    }
                }
            }
        }

        /** Leaves topics out that may not be read, beside those of the answers; false where the failure is another. */
        private boolean leaveOut(KafkaException failure) {
            if (!(failure instanceof TopicAuthorizationException refused)
                    || !told.keySet().removeAll(refused.unauthorizedTopics())) {
                return false;
            }
            LOG.warn("the console goes on without topics that it may not read: {}", failure.toString());
            leftOut += "The topic " + String.join(", ", refused.unauthorizedTopics()) + " may not be read. ";
            return true;
        }

        private boolean pause() {
            try {
                Thread.sleep(BETWEEN_TRIES.toMillis());
                return true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private void read() {
            Map<String, Object> settings = new HashMap<>(options.consumer());
            settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 200);
            settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20);
            settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
            try (Consumer<byte[], byte[]> consumer = WholeTopic.consumer(settings)) {
                Set<TopicPartition> answers = assign(consumer);
                reader.state(answers.isEmpty() ? "There are no topics of answers." : leftOut.strip());
                while (!isStopped) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        tell(record);
                    }
                    answers.forEach(partition -> catchUp(consumer, partition));
                }
            }
        }

        /** Gives it the partitions of all topics that are there; those of the answers are returned. */
        private Set<TopicPartition> assign(Consumer<byte[], byte[]> consumer) {
            Set<TopicPartition> answers = new HashSet<>();
            answers.addAll(partitions(consumer, options.topics().predictions()));
            answers.addAll(partitions(consumer, options.topics().rejected()));
            List<TopicPartition> all = new ArrayList<>(answers);
            told.keySet().forEach(topic -> all.addAll(partitions(consumer, topic)));
            consumer.assign(all);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            for (TopicPartition partition : all) {
                ToldTopic<?> topic = told.get(partition.topic());
                long last = topic == null ? LAST_ANSWERS : topic.last();
                long end = ends.getOrDefault(partition, 0L);
                consumer.seek(partition, Math.max(begins.getOrDefault(partition, 0L), end - Math.min(end, last)));
            }
            return answers;
        }

        private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
            return consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
        }

        private static void catchUp(Consumer<?, ?> consumer, TopicPartition partition) {
            long behind = consumer.currentLag(partition).orElse(0);
            if (behind > FAR_BEHIND) {
                consumer.seek(partition, consumer.position(partition) + behind - LAST_ANSWERS);
            }
        }

        private void tell(ConsumerRecord<byte[], byte[]> record) {
            try {
                ToldTopic<?> topic = told.get(record.topic());
                if (topic == null) {
                    tiles.read(record).ifPresent(reader::answered);
                } else if (record.value() != null) {
                    Event event = topic.events().deserialize(record.topic(), record.value());
                    reader.told(event, record.timestamp());
                }
            } catch (RuntimeException e) {
                // No record ends the reading of those after it.
                LOG.debug("a record is not shown: {}-{}@{}", record.topic(), record.partition(), record.offset(), e);
            }
        }
    }
}
