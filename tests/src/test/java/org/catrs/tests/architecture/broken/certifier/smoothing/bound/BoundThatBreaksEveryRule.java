// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture.broken.certifier.smoothing.bound;

import ai.djl.Device;
import ai.onnxruntime.OrtEnvironment;
import java.util.logging.Logger;
import org.apache.kafka.common.TopicPartition;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.tests.architecture.broken.certifier.cli.CommandOfACertifier;
import org.catrs.tests.architecture.broken.certifier.network.session.SessionInsideNetwork;
import org.catrs.tests.architecture.broken.certifier.smoothing.SmoothingThatUsesItsBound;

/** A class on the wrong side of every wall. */
public final class BoundThatBreaksEveryRule {
    /** Uses what a bound may not use. */
    public static String use(SmoothingThatUsesItsBound next, TopicPartition partition, OrtEnvironment environment) {
        System.out.println(partition);
        Logger.getGlobal().info(next.toString());
        return environment.toString() + Device.cpu();
    }

    /** Looks into network, and at a command. */
    public static String name(SessionInsideNetwork network, CommandOfACertifier command) {
        return network + " " + command;
    }

    /** Rounds a radius as it happens. */
    public static String show(CertifiedPrediction prediction) {
        return String.format("%.2f", prediction.radius());
    }

    private BoundThatBreaksEveryRule() {}
}
