// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.event;

/**
 * Where an image was taken from: the record that held it.
 *
 * @param topic topic of the record
 * @param partition partition of the record, from 0
 * @param offset offset of the record in its partition, from 0
 */
public record ImageOrigin(String topic, int partition, long offset) {
    /** @throws IllegalArgumentException when there is no such record */
    public ImageOrigin {
        Checks.check(!topic.isEmpty(), "a topic has a name", "none");
        Checks.check(partition >= 0, "a partition is at least 0", partition);
        Checks.checkExact(offset, "offset");
    }

    /** As logs write it, such as {@code images-3@42}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
