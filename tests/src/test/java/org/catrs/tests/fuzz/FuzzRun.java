// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.processor.api.Record;
import org.catrs.schemas.DaemonThreads;

/** Has hostile records answered, one after the other, and looks at what each came to and cost. */
final class FuzzRun implements AutoCloseable {
    /** Of CPU time, which neighbours on the machine hardly change. */
    static final double MOST_SECONDS = 2;

    /** What a record of a mebibyte may make a worker allocate, images of the models' size included. */
    static final long MOST_BYTES = 64L << 20;

    /** A record that takes so long is taken for one that never ends. */
    private static final double ENDLESS_SECONDS = 60;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RecordFuzzer fuzzer;
    private final FuzzTarget target = new FuzzTarget();
    private final Findings findings;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Thread worker = Thread.currentThread();
    private final Thread watch;
    private volatile long number;
    private volatile long began;
    private double longest;
    private long largest;

    /** Told of the records that a certifier does not stand. */
    interface Findings {
        /** @param what it did, in a line */
        void add(long number, Record<byte[], byte[]> record, String what);
    }

    /** To be used by the thread that makes it. */
    FuzzRun(long seed, Findings findings) {
        this.fuzzer = new RecordFuzzer(seed);
        this.findings = findings;
        this.began = THREADS.getCurrentThreadCpuTime();
        this.watch = DaemonThreads.named("fuzz-watch").newThread(this::watch);
        watch.start();
    }

    /** Nothing ends a decoder that never ends but the end of its process. */
    private void watch() {
        try {
            while (seconds(THREADS.getThreadCpuTime(worker.getId()) - began) < ENDLESS_SECONDS) {
                Thread.sleep(1_000);
            }
            findings.add(number, fuzzer.make(number), "took more than " + ENDLESS_SECONDS + " s");
            Runtime.getRuntime().halt(3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has one record answered. */
    void answer(long next) {
        Record<byte[], byte[]> record = fuzzer.make(next);
        number = next;
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        began = THREADS.getCurrentThreadCpuTime();
        String outcome;
        try {
            outcome = target.answer(record);
        } catch (Throwable e) { // Whatever it is, it would have stopped the certifier.
            outcome = "escaped";
            findings.add(
                    next,
                    record,
                    "escaped: " + e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : ""));
        }
        double took = seconds(THREADS.getCurrentThreadCpuTime() - began);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        outcomes.merge(outcome, 1L, Long::sum);
        longest = Math.max(longest, took);
        largest = Math.max(largest, allocated);
        if (took > MOST_SECONDS) {
            findings.add(next, record, "took " + took + " s of CPU");
        }
        if (allocated > MOST_BYTES) {
            findings.add(next, record, "allocated " + (allocated >> 20) + " MiB");
        }
    }

    private static double seconds(long nanos) {
        return (double) nanos / TimeUnit.SECONDS.toNanos(1);
    }

    /** How many records came to what. */
    Map<String, Long> outcomes() {
        return outcomes;
    }

    /** The longest that one took, in seconds of CPU. */
    double longest() {
        return longest;
    }

    /** The most that one had allocated, in bytes. */
    long largest() {
        return largest;
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
