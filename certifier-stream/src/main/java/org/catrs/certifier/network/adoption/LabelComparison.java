// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.adoption;

/**
 * On how many images two networks gave the same label.
 *
 * @param images number of images
 * @param same on how many of them the labels were the same
 */
public record LabelComparison(int images, int same) {
    /** Whether they were the same on all. */
    public boolean isWhole() {
        return images == same;
    }
}
