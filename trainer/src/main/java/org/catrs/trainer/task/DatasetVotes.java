// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.task;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.catrs.program.terminal.Progress;
import org.catrs.schemas.InvalidDataException;
import org.catrs.trainer.architecture.NetworkSpecification;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.noise.RandomStreams;

/**
 * Counts what a network votes on every image of a data set under noise.
 *
 * @param sigma standard deviation of the noise, in units of pixels scaled to [0, 1]
 * @param votes number of noises for each image
 * @param streams source of the noise, which is a function of the image alone
 */
record DatasetVotes(
        NetworkSpecification specification, TrainingImages images, double sigma, int votes, RandomStreams streams) {
    /** Noisy copies between two looks at whether to stop. */
    private static final int COPIES_AT_A_TIME = 20_000;

    /**
     * Counts, from where a file that may hold earlier votes ends.
     *
     * @param parameters of the network
     * @param file receives the votes
     * @param dataset identity of the data
     * @param stopping whether to stop soon
     * @return for each image the share of the votes that each class has; empty when it was stopped
     * @throws InvalidDataException when the file holds the votes of another network, or on other data
     */
    Optional<float[][]> count(Parameters parameters, Path file, String dataset, BooleanSupplier stopping) {
        VoteFile cache = new VoteFile(file, facts(parameters, dataset), specification.classes());
        List<int[]> counts = cache.open();
        try (VoteWorkers workers = new VoteWorkers(this, parameters);
                Progress progress = Progress.resume("vote", "images", counts.size(), images.size())) {
            int step = Math.max(workers.size(), COPIES_AT_A_TIME / votes);
            while (counts.size() < images.size()) {
                if (stopping.getAsBoolean()) {
                    return Optional.empty();
                }
                int from = counts.size();
                int[][] next = workers.count(from, Math.min(images.size(), from + step));
                cache.append(from, next);
                counts.addAll(List.of(next));
                progress.update(counts.size(), "");
            }
        }
        return Optional.of(counts.stream().map(this::shares).toArray(float[][]::new));
    }

    private String facts(Parameters parameters, String dataset) {
        return "votes=" + votes + " sigma=" + sigma + " seed=" + streams.seed() + " dataset=" + dataset + " weights="
                + parameters.sha256();
    }

    private float[] shares(int[] counts) {
        float[] shares = new float[counts.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = (float) counts[i] / votes;
        }
        return shares;
    }
}
