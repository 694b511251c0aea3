// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.held;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What the Kafka clients of another Java process of this user tell of themselves. */
@SuppressWarnings("BanJNDI") // the process is one that the test has started, on this machine
final class KafkaBeans implements AutoCloseable {
    private final JMXConnector connector;

    KafkaBeans(ProcessHandle process) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException e) {
            throw new IllegalStateException("process " + process.pid() + " cannot be asked", e);
        }
    }

    /**
     * The values that its stream threads' clients have of a metric, the least first.
     *
     * @param type of the beans, such as {@code consumer-metrics}
     */
    List<Double> values(String type, String metric) {
        try {
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            return beans
                    .queryNames(new ObjectName("kafka.consumer:type=" + type + ",client-id=*-StreamThread-*,*"), null)
                    .stream()
                    .map(name -> value(beans, name, metric))
                    .filter(value -> !value.isNaN())
                    .sorted()
                    .toList();
        } catch (IOException | JMException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Double value(MBeanServerConnection beans, ObjectName name, String metric) {
        try {
            return (Double) beans.getAttribute(name, metric);
        } catch (IOException | JMException e) {
            throw new IllegalStateException(name + " has no " + metric, e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
