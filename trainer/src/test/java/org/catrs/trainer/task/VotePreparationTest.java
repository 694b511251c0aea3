// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catrs.schemas.dataset.Dataset;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.catrs.trainer.architecture.Architecture;
import org.catrs.trainer.architecture.Parameters;
import org.catrs.trainer.data.Augmentation;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.MethodKind;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.TrainingCourse;
import org.catrs.trainer.training.TrainingObserver;
import org.catrs.trainer.training.checkpoint.EpochRow;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.catrs.trainer.training.optimizer.OptimizerKind;
import org.catrs.trainer.training.optimizer.OptimizerRecipe;
import org.catrs.trainer.training.optimizer.Schedule;
import org.catrs.trainer.training.recipe.InputNormalization;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** cat-rs-kl from its first stage to its last, on a few drawn digits. */
@Tag("slow")
class VotePreparationTest {
    private static final Dataset DIGITS = Datasets.digits(3, Split.TRAIN, 32);
    private static final TrainingMethod METHOD =
            MethodKind.CAT_RS_KL.create(Map.of("noises", "2", "pgd-steps", "1", "votes", "50"), 1);

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        TorchEngine.start();
    }

    private static TrainingTask task() {
        TrainingRecipe recipe = new TrainingRecipe(
                Architecture.LENET,
                InputNormalization.NONE,
                Augmentation.NONE,
                "cat-rs-kl",
                METHOD.hyperparameters(),
                0.5,
                2,
                16,
                128,
                new OptimizerRecipe(OptimizerKind.SGD, 0.05, Schedule.ONE_CYCLE, 0.9, true, 1e-4, 0),
                1,
                null);
        return new TrainingTask("votes", recipe, METHOD, DIGITS);
    }

    private static Optional<Parameters> run(Path folder, boolean resume, int wishesUntilStop) {
        TrainingObserver observer = new StoppingObserver(wishesUntilStop);
        return task().run(TrainingImages.of(DIGITS), TrainingFolder.open(folder, resume), resume, observer);
    }

    @Test
    void shouldEndWithTheSameWeightsWhereverItWasInterrupted() throws IOException {
        Parameters atOnce =
                run(folder.resolve("at-once"), false, Integer.MAX_VALUE).orElseThrow();
        Path votes = folder.resolve("at-once/preparation/votes.tsv");
        List<String> lines = Files.readAllLines(votes);

        assertThat(lines).hasSize(2 + 32);
        assertThat(lines.get(0)).contains("votes=50 sigma=0.25 seed=1");
        // Two steps of 32 images, a look at the votes, then four steps of 16 images: a stop before each.
        for (int stop = 1; stop <= 7; stop++) {
            Path interrupted = folder.resolve("stop-" + stop);
            assertThat(run(interrupted, false, stop)).as("stop %d", stop).isEmpty();
            Parameters resumed = run(interrupted, true, Integer.MAX_VALUE).orElseThrow();

            assertThat(resumed.values()).as("stop %d", stop).isEqualTo(atOnce.values());
            assertThat(interrupted.resolve("preparation/votes.tsv")).hasSameTextualContentAs(votes);
        }
    }

    /** Stops at the n-th time that it is asked. */
    private static final class StoppingObserver implements TrainingObserver {
        private int left;

        StoppingObserver(int wishes) {
            left = wishes;
        }

        @Override
        public Wish wish() {
            left--;
            return left <= 0 ? Wish.STOP : Wish.GO_ON;
        }

        @Override
        public void begin(long steps, TrainingCourse course) {}

        @Override
        public void step(long steps, SliceLoss loss) {}

        @Override
        public void epoch(EpochRow row) {}

        @Override
        public void checkpoint() {}
    }
}
