// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates.shift;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.smoothing.Evidence;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.bound.CertifiedRadius;
import org.catrs.certifier.smoothing.bound.ClopperPearson;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.certifier.stream.rates.shift.ShiftedImages.Shift;

/**
 * What mnist-0.50 in int8 votes on each of MNIST's test images, and on 1,000 images of each shift, with n0 = 100 and n =
 * 1,000: the rows of votes.tsv, which {@link #main} writes (some minutes; arguments: the folder of the data, the file).
 */
final class ShiftVotes implements AutoCloseable {
    private static final SmoothingParameters PARAMETERS =
            new SmoothingParameters(0.5, 0.001, 100, 1_000, NoiseKind.DISCRETE);

    private final ShiftedImages images;
    private final OpenModel model;
    private final SmoothedClassifier smoothed;

    /** @param data folder with MNIST and with CIFAR-10 as JPEG files */
    ShiftVotes(Path data) {
        images = new ShiftedImages(data);
        model = OpenModel.openReadOnly(
                Path.of("mnist-0.50"),
                new ModelOverrides(null, null, List.of(), new InferenceOptions(1, Precision.INT8)));
        smoothed = new SmoothedClassifier(model.classifier(), PARAMETERS);
    }

    Row certify(Shift shift, int index) {
        Evidence evidence = smoothed.certify(
                        images.of(shift, index),
                        new Seed(shift.ordinal(), index),
                        new SamplingPlan.Fixed(),
                        StopCondition.NEVER)
                .evidence();
        int candidate = evidence.candidate();
        return new Row(shift, index, candidate, (int) evidence.estimation().of(candidate));
    }

    @Override
    public void close() {
        model.close();
    }

    /** The rows of votes.tsv. */
    static Map<Shift, List<Row>> read() throws IOException {
        Map<Shift, List<Row>> rows = new EnumMap<>(Shift.class);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ShiftVotes.class.getResourceAsStream("votes.tsv")), StandardCharsets.UTF_8))) {
            lines.lines()
                    .skip(1)
                    .map(Row::parse)
                    .forEach(row -> rows.computeIfAbsent(row.shift(), absent -> new ArrayList<>())
                            .add(row));
        }
        return rows;
    }

    public static void main(String[] arguments) throws IOException {
        try (ShiftVotes votes = new ShiftVotes(Path.of(arguments[0]));
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(Path.of(arguments[1])))) {
            out.println("set\tindex\tcandidate\tvotes");
            for (List<Row> rows : read().values()) {
                rows.forEach(row -> out.println(votes.certify(row.shift(), row.index())));
            }
        }
    }

    /**
     * A row of votes.tsv.
     *
     * @param index of MNIST's test image that was shifted, or of the random numbers that were drawn
     * @param candidate the class with most selection votes
     * @param votes for the candidate among the estimation samples
     */
    record Row(Shift shift, int index, int candidate, int votes) {
        private static final AnswerShape[][] SHAPES = new AnswerShape[10][1_001];

        static Row parse(String line) {
            String[] columns = line.split("\t", -1);
            return new Row(
                    Shift.values()[Integer.parseInt(columns[0])],
                    Integer.parseInt(columns[1]),
                    Integer.parseInt(columns[2]),
                    Integer.parseInt(columns[3]));
        }

        AnswerShape answer() {
            AnswerShape shape = SHAPES[candidate][votes];
            if (shape == null) {
                double radius = CertifiedRadius.of(1, ClopperPearson.lowerBound(votes, PARAMETERS.n(), 0.001));
                shape = radius > 0 ? new AnswerShape(candidate, radius) : AnswerShape.ABSTAINED;
                SHAPES[candidate][votes] = shape;
            }
            return shape;
        }

        @Override
        public String toString() {
            return shift.ordinal() + "\t" + index + "\t" + candidate + "\t" + votes;
        }
    }
}
