// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.view;

import org.catrs.schemas.event.Event;

/** Is told what stands on the topics. */
public interface StreamReader {
    /** An image was answered. */
    void answered(ShownAnswer answer);

    /**
     * Something else was told.
     *
     * @param event a shift, the rates of a minute, a release or what became of one
     * @param time of the record, in milliseconds since 1970-01-01 UTC
     */
    void told(Event event, long time);

    /** Whether the topics can be read now, and otherwise why not. */
    void state(String problem);
}
