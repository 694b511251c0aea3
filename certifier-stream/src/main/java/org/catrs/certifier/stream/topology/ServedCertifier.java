// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

/**
 * A certifier in service, which is closed after its last image. The registry's own hold counts like an image's, so it
 * stays open until the registry lets go of it, too.
 */
final class ServedCertifier {
    private final ImageCertifier certifier;
    private final Runnable close;
    private int holds = 1;

    /** @param close frees what the certifier works with */
    ServedCertifier(ImageCertifier certifier, Runnable close) {
        this.certifier = certifier;
        this.close = close;
    }

    ImageCertifier certifier() {
        return certifier;
    }

    /** Holds it open; false when it is closed already. */
    synchronized boolean hold() {
        if (holds == 0) {
            return false;
        }
        holds++;
        return true;
    }

    /** Ends a hold, and closes it when that was the last. */
    void release() {
        boolean last;
        synchronized (this) {
            holds--;
            last = holds == 0;
        }
        if (last) {
            close.run();
        }
    }
}
