// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.smoothing.Evidence;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Seed;

/** What mnist-0.50 in int8 votes on each image of {@link ShiftedImages}, n0 = 100 and n = 1,000. */
final class ShiftVotes implements AutoCloseable {
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 1_000, NoiseKind.DISCRETE);

    private final ShiftedImages images;
    private final OpenModel model;
    private final SmoothedClassifier smoothed;

    ShiftVotes(Path data) {
        images = new ShiftedImages(data);
        model = OpenModel.openReadOnly(
                Path.of("mnist-0.50"), new ModelOverrides(null, null, List.of(), new InferenceOptions(1, Precision.INT8)));
        smoothed = new SmoothedClassifier(model.classifier(), PARAMETERS);
    }

    /** A row of the file: set, index, candidate, and its votes among the estimation samples. */
    String row(ShiftedImages.Shift shift, int index) {
        Evidence evidence = smoothed.certify(
                        images.of(shift, index),
                        new Seed(shift.ordinal(), index),
                        new SamplingPlan.Fixed(),
                        StopCondition.NEVER)
                .evidence();
        return shift.ordinal() + "\t" + index + "\t" + evidence.candidate() + "\t"
                + evidence.estimation().of(evidence.candidate());
    }

    @Override
    public void close() {
        model.close();
    }

    public static void main(String[] arguments) throws IOException {
        List<Integer> order = new ArrayList<>();
        for (int index = 0; index < 10_000; index++) {
            order.add(index);
        }
        java.util.Collections.shuffle(order, new java.util.Random(1));
        int most = Integer.parseInt(arguments[2]);
        try (ShiftVotes votes = new ShiftVotes(Path.of(arguments[0]));
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1])), true)) {
            for (int at = 0; at < order.size(); at++) {
                for (ShiftedImages.Shift shift : ShiftedImages.Shift.values()) {
                    if (shift == ShiftedImages.Shift.CLEAN || at < most * 10 && at % 10 == 0) {
                        out.println(votes.row(shift, order.get(at)));
                    }
                }
            }
        }
    }
}
