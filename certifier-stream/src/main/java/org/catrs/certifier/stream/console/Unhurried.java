// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import java.util.List;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;

/** A classifier whose user is in no hurry: no image of the stream waits for a trial that has a deadline. */
record Unhurried(BaseClassifier base) implements BaseClassifier {
    @Override
    public ImageShape inputShape() {
        return base.inputShape();
    }

    @Override
    public int classes() {
        return base.classes();
    }

    @Override
    public ClassCounts count(
            ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
        return base.count(image, parameters, seed, phase, first, samples);
    }

    @Override
    public List<ClassCounts> countAll(
            ImageTensor image, SmoothingParameters parameters, Seed seed, List<SampleRange> ranges, Urgency urgency) {
        return base.countAll(image, parameters, seed, ranges, Urgency.NONE);
    }
}
