// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.held;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.catrs.tests.stream.CommittedRecords;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics of one test, and what is sent to them and answered. The key of an image is PARTITION-NUMBER, so that its
 * answer says where it came from.
 */
public final class StreamCase implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamCase.class);
    private static final Duration LIMIT = Duration.ofSeconds(180);
    private final String bootstrapServers;
    private final String name;
    private final Admin admin;
    private final KafkaProducer<String, byte[]> producer;
    private final CommittedRecords predicted;
    private final CommittedRecords rejected;
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

    /** @param name of the case, which its topics and its application id begin with */
    StreamCase(String bootstrapServers, String name, int partitions) {
        this(bootstrapServers, name, partitions, 1);
    }

    /**
     * Makes the topics.
     *
     * @param name of the case, which its topics and its application id begin with
     * @param replicas number of brokers that have each partition
     */
    public StreamCase(String bootstrapServers, String name, int partitions, int replicas) {
        this.bootstrapServers = bootstrapServers;
        this.name = name;
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        create(images(), partitions, replicas);
        create(predictions(), 1, replicas);
        create(rejected(), 1, replicas);
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.METADATA_MAX_AGE_CONFIG,
                        "500"),
                new StringSerializer(),
                new ByteArraySerializer());
        this.predicted = new CommittedRecords(bootstrapServers, predictions());
        this.rejected = new CommittedRecords(bootstrapServers, rejected());
    }

    /** Makes a topic, and waits until it can be used. */
    public void create(String topic, int partitions, int replicas) {
        await("the topic " + topic).atMost(LIMIT).ignoreExceptions().until(() -> {
            join(admin.createTopics(List.of(new NewTopic(topic, partitions, (short) replicas)))
                    .all());
            return true;
        });
        awaitLeaders(topic, partitions);
    }

    /** Leaders answer a question that only they can. A producer may count wrongly what it sends before they do. */
    private void awaitLeaders(String topic, int partitions) {
        await("leaders of " + topic)
                .atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> ends(topic, partitions).size() == partitions);
    }

    private Map<TopicPartition, ListOffsetsResultInfo> ends(String topic, int partitions) {
        return join(admin.listOffsets(IntStream.range(0, partitions)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all());
    }

    /** The topic of images. */
    public String images() {
        return name + "-images";
    }

    /** The topic of predictions. */
    public String predictions() {
        return name + "-predictions";
    }

    /** The topic of rejected images. */
    public String rejected() {
        return name + "-rejected";
    }

    public Admin admin() {
        return admin;
    }

    public String applicationId() {
        return name;
    }

    /** What a certifier is configured with. */
    public Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("model", "of-the-test");
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("application.id", applicationId());
        settings.put("images.topic", images());
        settings.put("predictions.topic", predictions());
        settings.put("rejected.topic", rejected());
        return settings;
    }

    /** Sends an image that a {@link PacedClassifier} certifies. */
    void send(int partition, int number) {
        send(partition, number, PacedClassifier.image(number), Map.of());
    }

    /** Sends what is no image. */
    public void sendRubbish(int partition, int number) {
        send(partition, number, new byte[] {1, 2, 3});
    }

    /** Sends a raw tensor. */
    public void send(int partition, int number, byte[] value) {
        send(partition, number, value, Map.of());
    }

    /**
     * Sends an image.
     *
     * @param headers beside the content type, which is a raw tensor's unless they name another
     */
    void send(int partition, int number, byte[] value, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(Map.of("content-type", "application/x-catrs-tensor"));
        all.putAll(headers);
        RecordHeaders given = new RecordHeaders();
        all.forEach((name, text) -> given.add(name, text.getBytes(StandardCharsets.UTF_8)));
        send(partition, number, value, null, given);
    }

    /**
     * Sends a record.
     *
     * @param timestamp in milliseconds since 1970; null for now
     */
    public void send(int partition, int number, byte @Nullable [] value, @Nullable Long timestamp, Headers headers) {
        String key = partition + "-" + number;
        ProducerRecord<String, byte[]> image =
                new ProducerRecord<>(images(), partition, timestamp, key, value, headers);
        sent.add(key);
        producer.send(image, (place, refused) -> {
            if (refused != null) {
                LOG.warn("the image {} never was in its topic", key, refused);
                sent.remove(key);
            }
        });
    }

    public void flush() {
        producer.flush();
    }

    /** Adds partitions, and waits until they can be sent to. */
    void addPartitions(int total) {
        join(admin.createPartitions(Map.of(images(), NewPartitions.increaseTo(total)))
                .all());
        awaitLeaders(images(), total);
        await().atMost(LIMIT).until(() -> producer.partitionsFor(images()).size() == total);
    }

    /** The keys of all images that were sent, but for those that the brokers never took. */
    public List<String> sent() {
        return List.copyOf(sent);
    }

    /** The keys of all committed answers, in their order, once there are as many as images were sent. */
    public List<String> answered() {
        return answered(sent.size());
    }

    /** The keys of all committed answers, in their order, once there are so many. */
    public List<String> answered(int count) {
        return answered(count, LIMIT);
    }

    /** As {@link #answered(int)}, within a time that is meant for more than a small test's work. */
    List<String> answered(int count, Duration limit) {
        await("answers to " + count + " images").atMost(limit).until(() -> {
            int predictions = predicted.poll().size();
            return predictions + rejected.poll().size() >= count;
        });
        List<String> keys = new ArrayList<>(keys(predicted));
        keys.addAll(keys(rejected));
        return keys;
    }

    /** Number of committed answers now. */
    public int answers() {
        return predicted.poll().size() + rejected.poll().size();
    }

    /** The committed predictions by the keys of their images. */
    Map<String, byte[]> committedPredictions() {
        return predicted.pollToEnd(LIMIT).stream()
                .collect(Collectors.toMap(ConsumerRecord::key, ConsumerRecord::value));
    }

    /** The names that the brokers know the group's members by. */
    Set<String> members() {
        return group().members().stream().map(MemberDescription::consumerId).collect(Collectors.toSet());
    }

    /** The partitions that some members have. */
    Set<Integer> partitionsOf(Set<String> members) {
        return group().members().stream()
                .filter(member -> members.contains(member.consumerId()))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    private ConsumerGroupDescription group() {
        return join(admin.describeConsumerGroups(List.of(applicationId())).all())
                .get(applicationId());
    }

    private static List<String> keys(CommittedRecords answers) {
        return answers.pollToEnd(LIMIT).stream().map(ConsumerRecord::key).toList();
    }

    /** The numbers of a partition's images among keys, in their order. */
    static List<Integer> numbers(List<String> keys, int partition) {
        return keys.stream()
                .filter(key -> key.startsWith(partition + "-"))
                .map(key -> Integer.valueOf(key.substring(key.indexOf('-') + 1)))
                .toList();
    }

    /** How many partitions each member of the group has, once all have been given to that many members. */
    public void awaitMembers(int members) {
        await("members of the group").atMost(LIMIT).until(() -> {
            ConsumerGroupDescription group = group();
            return group.groupState().toString().equals("Stable")
                    && group.members().stream()
                                    .filter(member -> !member.assignment()
                                            .topicPartitions()
                                            .isEmpty())
                                    .count()
                            == members;
        });
    }

    /** How many records the broker has written of offsets, of whichever group. */
    long committedOffsets() {
        String topic = "__consumer_offsets";
        int partitions = join(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
        return ends(topic, partitions).values().stream()
                .mapToLong(ListOffsetsResultInfo::offset)
                .sum();
    }

    public static <T> T join(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    /** Numbers from a first one on. */
    static IntStream numbers(int first, int count) {
        return IntStream.range(first, first + count);
    }

    @Override
    public void close() {
        producer.close();
        predicted.close();
        rejected.close();
        admin.close();
    }
}
