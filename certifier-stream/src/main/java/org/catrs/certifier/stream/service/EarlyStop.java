// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.schemas.event.Sampling.Stop;
import org.jspecify.annotations.Nullable;

/** Stops deadline plans when the service is told to end, and while too many images wait. */
public final class EarlyStop implements StopCondition {
    /** How far a consumer is behind in one partition, as of its last fetch. */
    private static final String LAG = "records-lag";

    private static final String TOPIC_TAG = "topic";

    private final String topic;
    private final long mostWaiting;
    private volatile boolean isEnding;
    private volatile boolean isBehind;

    /**
     * @param topic of the images
     * @param mostWaiting images that may wait before plans stop early; 0 for any number
     */
    public EarlyStop(String topic, long mostWaiting) {
        this.topic = topic;
        this.mostWaiting = mostWaiting;
    }

    @Override
    public @Nullable Stop check() {
        if (isEnding) {
            return Stop.SHUTDOWN;
        }
        return isBehind ? Stop.BACK_PRESSURE : null;
    }

    /** From now on, images are answered with what has been sampled. */
    void end() {
        isEnding = true;
    }

    /**
     * Looks at how many images wait in the instance's partitions.
     *
     * @param metrics of the consumers
     * @param waitingAtHand images that were taken and that nobody has begun
     */
    void look(Map<MetricName, ? extends Metric> metrics, int waitingAtHand) {
        double behind = metrics.entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(LAG)
                        && topic.equals(metric.getKey().tags().get(TOPIC_TAG)))
                .map(metric -> metric.getValue().metricValue())
                .filter(Double.class::isInstance)
                .mapToDouble(value -> (Double) value)
                .filter(lag -> lag > 0)
                .sum();
        isBehind = mostWaiting > 0 && behind + waitingAtHand > mostWaiting;
    }
}
