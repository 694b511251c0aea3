// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.held;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.catrs.schemas.DaemonThreads;

/** Asks the broker again and again how long an application's transactions have been open. */
final class TransactionWatch implements AutoCloseable {
    private static final long PERIOD_MILLIS = 20;

    private final Admin admin;
    private final String applicationId;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("transaction-watch"));
    private volatile long oldestMillis;
    private volatile int looks;

    TransactionWatch(Admin admin, String applicationId) {
        this.admin = admin;
        this.applicationId = applicationId;
        thread.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        Collection<TransactionListing> known =
                StreamCase.join(admin.listTransactions().all());
        Collection<TransactionDescription> ours = StreamCase.join(admin.describeTransactions(known.stream()
                                .map(TransactionListing::transactionalId)
                                .filter(id -> id.startsWith(applicationId + "-"))
                                .toList())
                        .all())
                .values();
        long now = System.currentTimeMillis();
        ours.stream()
                .filter(transaction -> transaction.state() == TransactionState.ONGOING)
                .forEach(transaction -> transaction
                        .transactionStartTimeMs()
                        .ifPresent(start -> oldestMillis = Math.max(oldestMillis, now - start)));
        looks++;
    }

    /** The greatest age that was seen. */
    Duration oldest() {
        if (looks == 0) {
            throw new AssertionError("no look was taken");
        }
        return Duration.ofMillis(oldestMillis);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
