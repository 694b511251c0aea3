// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.held;

/**
 * How much an instance has at hand before it takes no more. Each partition may always have its equal share, so that one
 * that stands still keeps none from moving; therefore the instance may have up to twice as much, and one fetch more.
 *
 * @param images number of images, at least 1
 * @param bytes their size as records, at least 1
 */
public record AtHandLimits(int images, long bytes) {
    /** @throws IllegalArgumentException when a limit is below 1 */
    public AtHandLimits {
        if (images < 1 || bytes < 1) {
            throw new IllegalArgumentException("limits must be at least 1, found " + images + " and " + bytes);
        }
    }

    /**
     * Whether a partition has enough.
     *
     * @param partitions number of partitions that share the limits
     */
    boolean areReached(AtHand all, AtHand partition, int partitions) {
        return isReached(images, all.images(), partition.images(), partitions)
                || isReached(bytes, all.bytes(), partition.bytes(), partitions);
    }

    private static boolean isReached(long limit, long all, long partition, int partitions) {
        return all >= limit && partition >= Math.max(1, limit / partitions);
    }
}
