// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.catrs.schemas.event.Sampling.Stop;
import org.junit.jupiter.api.Test;

class EarlyStopTest {
    @Test
    void shouldLetSamplingGoOnWhileFewImagesWait() {
        EarlyStop stop = new EarlyStop("images", 10);
        assertThat(stop.check()).isNull();
        stop.look(lags("images", 4, 6), 0);
        assertThat(stop.check()).isNull();
    }

    @Test
    void shouldStopWhileMoreImagesWaitThanMay() {
        EarlyStop stop = new EarlyStop("images", 10);
        stop.look(lags("images", 4, 7), 0);
        assertThat(stop.check()).isEqualTo(Stop.BACK_PRESSURE);
        stop.look(lags("images", 0, 3), 0);
        assertThat(stop.check()).isNull();
    }

    @Test
    void shouldCountTheImagesAtHandThatNobodyHasBegun() {
        EarlyStop stop = new EarlyStop("images", 10);
        stop.look(lags("images", 4), 6);
        assertThat(stop.check()).isNull();
        stop.look(lags("images", 4), 7);
        assertThat(stop.check()).isEqualTo(Stop.BACK_PRESSURE);
    }

    @Test
    void shouldCountTheImagesTopicAlone() {
        EarlyStop stop = new EarlyStop("images", 10);
        stop.look(lags("models", 1_000, 1_000), 0);
        assertThat(stop.check()).isNull();
        stop.look(lags("images", Double.NaN, Double.NaN), 0);
        assertThat(stop.check()).isNull();
    }

    @Test
    void shouldLetAnyNumberWaitWithoutALimit() {
        EarlyStop stop = new EarlyStop("images", 0);
        stop.look(lags("images", 1e9, 1e9), 0);
        assertThat(stop.check()).isNull();
    }

    @Test
    void shouldStopWhenTheServiceEnds() {
        EarlyStop stop = new EarlyStop("images", 10);
        stop.end();
        assertThat(stop.check()).isEqualTo(Stop.SHUTDOWN);
    }

    private static Map<MetricName, Metric> lags(String topic, double... lags) {
        Map<MetricName, Metric> metrics = new HashMap<>();
        for (int partition = 0; partition < lags.length; partition++) {
            add(metrics, "records-lag", topic, partition, lags[partition]);
            add(metrics, "records-lag-max", topic, partition, 1e9);
        }
        return metrics;
    }

    private static void add(Map<MetricName, Metric> metrics, String name, String topic, int partition, double value) {
        MetricName key = new MetricName(
                name,
                "consumer-fetch-manager-metrics",
                "",
                Map.of("topic", topic, "partition", Integer.toString(partition)));
        metrics.put(key, new Metric() {
            @Override
            public MetricName metricName() {
                return key;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
