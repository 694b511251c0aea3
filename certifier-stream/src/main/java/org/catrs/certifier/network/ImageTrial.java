// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.catrs.certifier.network.session.TrialImages;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.image.ImageTensor;
import org.jspecify.annotations.Nullable;

/**
 * The trial of an open network on real images: on those that are known when it is opened, else on the first different ones
 * whose votes are asked for, each before its votes are counted. A network that failed once is refused for ever. Safe for
 * use by several threads at once.
 */
final class ImageTrial implements AutoCloseable {
    private final Consumer<TrialImages> network;
    /** This and the next are guarded by this. */
    private final Set<TrialImages> passed = new HashSet<>();

    private @Nullable InvalidDataException refusal;
    private volatile boolean over;

    /** @param network tries it out, and throws {@link InvalidDataException} when it is no fixed function */
    ImageTrial(Consumer<TrialImages> network) {
        this.network = network;
    }

    /**
     * Tries the network out on images, instead of the first ones.
     *
     * @throws InvalidDataException when it is no fixed function of them
     */
    synchronized void on(TrialImages images) {
        tryOut(images);
        over = true;
    }

    /**
     * To be called before votes on an image are counted.
     *
     * @param sigma standard deviation of their noise, in units of pixels scaled to [0, 1]
     * @throws InvalidDataException when the network is no fixed function of this image, or was none of an earlier one
     */
    void beforeVotes(ImageTensor image, double sigma) {
        if (!over) {
            onFirst(new TrialImages(List.of(image), sigma));
        }
    }

    private synchronized void onFirst(TrialImages first) {
        if (over) {
            return;
        }
        requireNoRefusal();
        if (passed.contains(first)) {
            return;
        }
        tryOut(first);
        passed.add(first);
        over = passed.size() == TrialImages.MOST;
    }

    private void requireNoRefusal() {
        if (refusal != null) {
            throw new InvalidDataException(String.valueOf(refusal.getMessage()), refusal);
        }
    }

    private void tryOut(TrialImages images) {
        try {
            network.accept(images);
        } catch (InvalidDataException e) {
            refusal = e;
            throw e;
        }
    }

    /** Waits for the trial under way; there is no other one. */
    @Override
    public synchronized void close() {
        over = true;
        passed.clear();
    }
}
