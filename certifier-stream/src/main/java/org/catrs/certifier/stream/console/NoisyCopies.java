// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseSampler;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.console.view.Trials.Copy;
import org.catrs.schemas.image.ImageTensor;

/**
 * Noisy copies of an image, as the network is asked about them.
 *
 * @param parameters give sigma and the kind of the noise
 */
record NoisyCopies(BaseClassifier classifier, SmoothingParameters parameters) {
    private static final int GRAY = 128;

    List<Copy> of(ImageTensor image, int number) {
        Seed seed = Seed.random();
        List<SampleRange> ranges = LongStream.range(0, number)
                .mapToObj(copy -> new SampleRange(Phase.SELECTION, copy, 1))
                .toList();
        List<ClassCounts> votes = classifier.countAll(image, parameters, seed, ranges, Urgency.NONE);
        NoiseSampler noise = NoiseSampler.of(parameters.noise(), parameters.sigma(), image, seed, Phase.SELECTION);
        float[] values = new float[image.shape().size()];
        List<Copy> copies = new ArrayList<>();
        for (int copy = 0; copy < number; copy++) {
            if (noise.draw(copy, values, 0)) {
                ClassCounts vote = votes.get(copy);
                Integer label = vote.of(vote.top()) > 0 ? vote.top() : null;
                copies.add(new Copy(PngPicture.inBase64(picture(image, values)), label));
            }
        }
        return copies;
    }

    private static ImageTensor picture(ImageTensor image, float[] values) {
        byte[] shown = new byte[values.length];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = shown(Math.round(values[i] * 255));
        }
        return ImageTensor.of(image.shape(), shown);
    }

    /** What was added to an image, around gray. */
    static ImageTensor added(ImageTensor changed, ImageTensor image) {
        byte[] shown = new byte[image.shape().size()];
        for (int i = 0; i < shown.length; i++) {
            shown[i] = shown(GRAY + changed.value(i) - image.value(i));
        }
        return ImageTensor.of(image.shape(), shown);
    }

    private static byte shown(int value) {
        return (byte) Math.min(255, Math.max(0, value));
    }
}
