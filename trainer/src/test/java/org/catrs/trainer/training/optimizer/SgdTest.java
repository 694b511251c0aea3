// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SgdTest {
    @ParameterizedTest
    // w = torch.tensor([1.0], requires_grad=True); o = torch.optim.SGD([w], lr=0.1, momentum=0.9, weight_decay=0.01,
    // nesterov=N); for g in (0.5, -0.2, 0.3): w.grad = torch.tensor([g]); o.step()
    @CsvSource({"false, 0.8670648", "true, 0.8176573"})
    void shouldStepAsPyTorchDoes(boolean nesterov, float expected) {
        Sgd sgd = new Sgd(new OptimizerRecipe(OptimizerKind.SGD, 0.1, Schedule.STEP, 0.9, nesterov, 0.01, 0));
        float[] values = {1};
        float[] velocity = {0};
        for (float gradient : new float[] {0.5f, -0.2f, 0.3f}) {
            sgd.step(values, velocity, new float[] {gradient}, 0.1);
        }

        assertThat(values).usingComparatorWithPrecision(1e-6f).containsExactly(expected);
    }
}
