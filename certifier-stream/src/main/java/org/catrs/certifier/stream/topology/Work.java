// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import org.catrs.console.ServiceMetric;

/** The parts of the work on an image, each with a metric of its time and a span of its name. */
enum Work {
    DECODE("decode", ServiceMetric.DECODE),
    CERTIFY("certify", ServiceMetric.CERTIFICATION),
    ANSWER("answer", ServiceMetric.ANSWER);

    private final String span;
    private final ServiceMetric metric;

    Work(String span, ServiceMetric metric) {
        this.span = span;
        this.metric = metric;
    }

    String span() {
        return span;
    }

    ServiceMetric metric() {
        return metric;
    }
}
