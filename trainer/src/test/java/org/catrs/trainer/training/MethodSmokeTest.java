// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catrs.trainer.data.TrainingImages;
import org.catrs.trainer.engine.TorchEngine;
import org.catrs.trainer.method.MethodKind;
import org.catrs.trainer.method.TrainingMethod;
import org.catrs.trainer.method.hyperparameter.Hyperparameter;
import org.catrs.trainer.method.slice.SliceLoss;
import org.catrs.trainer.training.checkpoint.TrainingFolder;
import org.catrs.trainer.training.recipe.TrainingRecipe;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each method trains on a few drawn digits, with its own loss in full from the first step on. */
@Tag("slow")
class MethodSmokeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldLowerItsLoss(MethodKind kind) {
        Map<String, String> settings =
                new HashMap<>(Map.of("noises", "1", "warm-up", "0", "pgd-steps", "2", "epsilon", "0.3"));
        settings.keySet()
                .retainAll(kind.hyperparameters().stream()
                        .map(Hyperparameter::name)
                        .toList());
        TrainingMethod method = kind.create(settings, 6)
                .prepared((first, sigma, votes) -> Optional.of(labels()))
                .orElseThrow();
        TrainingRecipe recipe =
                SmallTraining.recipe(6, 0.05, 7).withMethod(kind.toString(), method.hyperparameters(), 0.1, 16);
        List<Double> losses = new ArrayList<>();
        TorchEngine.start();
        new Training(recipe, method, SmallTraining.LENET, TrainingImages.of(SmallTraining.DIGITS))
                .run(TrainingFolder.open(folder, false), "digits", false, new QuietObserver() {
                    @Override
                    public void step(long steps, SliceLoss loss) {
                        losses.add(loss.meanLoss());
                    }
                });

        assertThat(mean(losses.subList(40, 48))).isLessThan(0.9 * mean(losses.subList(0, 8)));
    }

    /** What a network that knows the digits would vote. */
    private static float[][] labels() {
        float[][] votes = new float[SmallTraining.DIGITS.size()][10];
        for (int image = 0; image < votes.length; image++) {
            Arrays.fill(votes[image], 0.01f);
            votes[image][SmallTraining.DIGITS.get(image).label()] = 0.91f;
        }
        return votes;
    }

    private static double mean(List<Double> losses) {
        return losses.stream().mapToDouble(loss -> loss).average().orElseThrow();
    }
}
