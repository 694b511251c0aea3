// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.session;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.catrs.schemas.InvalidDataException;

/** Makes sure that a network is one fixed function of an image in batches of several sizes, to the last bit. */
public final class SizedFunction {
    private final List<FixedFunction> sizes;
    private final String source;

    /**
     * A network that is to be tried out.
     *
     * @param sizes in which it will be run, at least one
     * @param source names the network in messages
     */
    public SizedFunction(List<FixedFunction> sizes, String source) {
        this.sizes = List.copyOf(sizes);
        this.source = source;
    }

    /**
     * Tries the network out.
     *
     * @throws InvalidDataException when a noisy image's logits differ
     */
    public void require(TrialImages images) {
        List<List<float[]>> found =
                sizes.stream().map(size -> size.require(images)).toList();
        for (List<float[]> logits : found) {
            if (!areSame(found.get(0), logits)) {
                throw new InvalidDataException(
                        source + " gives one image other logits in smaller batches: pin the size of"
                                + " batches (inference.batch) to 1");
            }
        }
    }

    private static boolean areSame(List<float[]> one, List<float[]> other) {
        return IntStream.range(0, one.size()).allMatch(image -> Arrays.equals(one.get(image), other.get(image)));
    }
}
