// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.vote;

import ai.djl.training.GradientCollector;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.method.NoisySlice;
import org.catrs.trainer.method.Step;
import org.catrs.trainer.method.Votes;
import org.catrs.trainer.noise.RandomStreams.Purpose;

/** What one thread needs to count votes. */
final class Voter implements AutoCloseable {
    /** Noisy copies of a pass: enough to keep a core busy. */
    private static final int COPIES = 200;

    private final VoteCount task;
    private final Network network;

    Voter(VoteCount task, GradientCollector collector, Parameters parameters) {
        this.task = task;
        this.network = new Network(task.specification(), collector);
        network.load(parameters.values());
    }

    /** Counts of the classes that the network gives to an image. */
    int[] count(int image) {
        int[] counts = new int[task.specification().classes()];
        RandomGenerator random = task.streams().generator(Purpose.VOTES, image, 0);
        for (int left = task.votes(); left > 0; left -= COPIES) {
            Votes.add(noisy(image, Math.min(COPIES, left), random), network, counts);
        }
        return counts;
    }

    private NoisySlice noisy(int image, int copies, RandomGenerator random) {
        int[] label = {task.images().label(image)};
        NoisySlice slice = new NoisySlice(1, copies, task.images().imageSize(), task.sigma());
        slice.begin(new int[] {image}, label, new Step(0, 1), random);
        task.images().copyTo(slice.imageBuffer(), image);
        FloatBuffer noise = slice.noiseBuffer();
        while (noise.hasRemaining()) {
            noise.put((float) (task.sigma() * random.nextGaussian()));
        }
        return slice;
    }

    @Override
    public void close() {
        network.close();
    }
}
