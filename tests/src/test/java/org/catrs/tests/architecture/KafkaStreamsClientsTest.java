// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;

/**
 * What Kafka Streams calls of its clients. The certifier's clients commit less than they are told, and pause more: a call
 * that is new with a version of Kafka must be looked at before that version is used.
 */
final class KafkaStreamsClientsTest {
    private static final JavaClasses STREAMS = new ClassFileImporter().importPackages("org.apache.kafka.streams");

    @Test
    void shouldKnowEveryCallOfTheProducer() {
        assertThat(calls(Producer.class))
                .containsExactly(
                        "abortTransaction()",
                        "beginTransaction()",
                        "clientInstanceId(Duration)",
                        "close()",
                        "commitTransaction()",
                        "flush()",
                        "initTransactions()",
                        "metrics()",
                        "partitionsFor(String)",
                        "send(ProducerRecord, Callback)",
                        "sendOffsetsToTransaction(Map, ConsumerGroupMetadata)");
    }

    @Test
    void shouldKnowEveryCallOfTheConsumer() {
        assertThat(calls(Consumer.class))
                .containsExactly(
                        "assign(Collection)",
                        "assignment()",
                        "clientInstanceId(Duration)",
                        "close()",
                        "close(CloseOptions)",
                        "commitSync(Map)",
                        "committed(Set)",
                        "currentLag(TopicPartition)",
                        "endOffsets(Collection)",
                        "enforceRebalance(String)",
                        "groupMetadata()",
                        "metrics()",
                        "offsetsForTimes(Map)",
                        "partitionsFor(String)",
                        "pause(Collection)",
                        "poll(Duration)",
                        "position(TopicPartition)",
                        "registerMetricForSubscription(KafkaMetric)",
                        "resume(Collection)",
                        "seek(TopicPartition, OffsetAndMetadata)",
                        "seek(TopicPartition, long)",
                        "seekToBeginning(Collection)",
                        "seekToEnd(Collection)",
                        "subscribe(Collection, ConsumerRebalanceListener)",
                        "subscribe(Pattern, ConsumerRebalanceListener)",
                        "unregisterMetricFromSubscription(KafkaMetric)",
                        "unsubscribe()");
    }

    private static Set<String> calls(Class<?> client) {
        return STREAMS.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(client))
                .map(KafkaStreamsClientsTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String signature(JavaMethodCall call) {
        return call.getTarget().getRawParameterTypes().stream()
                .map(type -> type.getSimpleName())
                .collect(Collectors.joining(", ", call.getName() + "(", ")"));
    }
}
