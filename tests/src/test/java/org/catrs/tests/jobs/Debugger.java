// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.EventRequestManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Holds a thread of another process where it enters a method, so that the process can be killed at exactly that point; the
 * program itself knows nothing of it.
 */
final class Debugger {
    private final VirtualMachine machine;
    private final BlockingQueue<EventSet> stops = new LinkedBlockingQueue<>();
    private @Nullable EventSet held;

    private Debugger(VirtualMachine machine) {
        this.machine = machine;
    }

    static Debugger attach(int port) {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(one -> one.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(port));
        try {
            Debugger debugger = new Debugger(connector.attach(arguments));
            Thread thread = new Thread(debugger::followEvents, "debugger");
            thread.setDaemon(true);
            thread.start();
            return debugger;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalConnectorArgumentsException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for the next thread that enters any method of this name of a class, and holds it. */
    void stopAt(String className, String method, Duration limit) throws InterruptedException {
        request(className, method);
        awaitStop(limit);
    }

    /** Lets the thread that is held go on, to where it is held again. */
    void goOnTo(String className, String method, Duration limit) throws InterruptedException {
        request(className, method);
        if (held != null) {
            held.resume();
        }
        awaitStop(limit);
    }

    private void request(String className, String method) {
        ClassPrepareRequest prepared = machine.eventRequestManager().createClassPrepareRequest();
        prepared.addClassFilter(className);
        prepared.putProperty("method", method);
        prepared.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
        prepared.enable();
        machine.classesByName(className).forEach(type -> setBreakpoints(type, method));
    }

    private void awaitStop(Duration limit) throws InterruptedException {
        held = stops.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        assertThat(held).as("the method is entered within " + limit).isNotNull();
        EventRequestManager requests = machine.eventRequestManager();
        requests.deleteAllBreakpoints();
        requests.deleteEventRequests(requests.classPrepareRequests());
    }

    private void setBreakpoints(ReferenceType type, String method) {
        type.methodsByName(method).stream()
                .filter(one -> !one.isAbstract() && !one.isNative())
                .forEach(one -> {
                    BreakpointRequest request = machine.eventRequestManager().createBreakpointRequest(one.location());
                    request.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
                    request.enable();
                });
    }

    private void followEvents() {
        try {
            while (true) {
                EventSet events = machine.eventQueue().remove();
                boolean stopped = false;
                for (Event event : events) {
                    if (event instanceof ClassPrepareEvent prepared) {
                        setBreakpoints(prepared.referenceType(), (String)
                                prepared.request().getProperty("method"));
                    }
                    stopped |= event instanceof BreakpointEvent;
                }
                if (stopped) {
                    stops.add(events);
                } else {
                    events.resume();
                }
            }
        } catch (VMDisconnectedException killed) {
            stops.clear();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
