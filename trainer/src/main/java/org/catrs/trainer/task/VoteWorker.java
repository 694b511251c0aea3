// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.task;

import ai.djl.training.GradientCollector;
import java.nio.FloatBuffer;
import java.util.random.RandomGenerator;
import org.catrs.trainer.architecture.Network;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.slice.NoisySlice;
import org.catrs.trainer.method.slice.TrainingStep;
import org.catrs.trainer.method.slice.Votes;
import org.catrs.trainer.noise.RandomStreams.Purpose;

/** What one thread needs to count votes. */
final class VoteWorker implements AutoCloseable {
    /** Noisy copies of a pass: enough to keep a core busy. */
    private static final int COPIES = 200;

    private final DatasetVotes task;
    private final Network network;
    private final NoisySlice full;

    VoteWorker(DatasetVotes task, GradientCollector collector, Parameters parameters) {
        this.task = task;
        this.network = new Network(task.specification(), collector, TorchEngine.device());
        this.full = room(Math.min(COPIES, task.votes()));
        network.load(parameters.values());
    }

    private NoisySlice room(int copies) {
        return new NoisySlice(1, copies, task.images().imageSize(), task.sigma());
    }

    /** Counts of the classes that the network gives to an image. */
    int[] count(int image) {
        int[] counts = new int[task.specification().classes()];
        RandomGenerator random = task.streams().generator(Purpose.VOTES, image, 0);
        int left = task.votes();
        for (; left >= COPIES; left -= COPIES) {
            Votes.add(noisy(full, image, random), network, counts);
        }
        if (left > 0) {
            Votes.add(noisy(task.votes() < COPIES ? full : room(left), image, random), network, counts);
        }
        return counts;
    }

    private NoisySlice noisy(NoisySlice slice, int image, RandomGenerator random) {
        int[] label = {task.images().label(image)};
        slice.begin(new int[] {image}, label, new TrainingStep(0, 1), random);
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
