// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.training.optimizer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.catrs.trainer.architecture.Parameters.Matrix;
import org.catrs.trainer.engine.TorchEngine;

/**
 * Muon of Jordan et al. (2024): the momentum of each matrix is replaced by the nearest matrix whose rows, or columns, are
 * orthonormal, so that directions in which the loss is flat get steps as large as those in which it is steep. Here each
 * tensor is a matrix, a kernel one with a row for each filter, a bias one of a single column.
 *
 * <p>A step is as long as Adam's, 0.2 of the learning rate in the root mean square of its values, and weights decay beside
 * it; Liu et al., Muon is Scalable for LLM Training (2025).
 */
final class Muon implements Optimizer {
    private static final double LENGTH = 0.2;

    /** Newton and Schulz's iteration with the authors' coefficients, which bring singular values to 0.7 to 1.2. */
    private static final int ITERATIONS = 5;

    private static final float LINEAR = 3.4445f;
    private static final float CUBIC = -4.7750f;
    private static final float QUINTIC = 2.0315f;

    /** Keeps the direction of a zero momentum defined. */
    private static final float TINY = 1e-7f;

    /** Rows that are computed by one thread. Fixed, so that the result does not depend on the number of cores. */
    private static final int BLOCK = 128;

    private final float momentum;
    private final double weightDecay;
    private final boolean nesterov;
    private final List<Matrix> matrices;

    /** @param matrices the trained tensors, in the order of the values */
    Muon(OptimizerRecipe recipe, List<Matrix> matrices) {
        this.momentum = (float) recipe.momentum();
        this.weightDecay = recipe.weightDecay();
        this.nesterov = recipe.nesterov();
        this.matrices = List.copyOf(matrices);
    }

    @Override
    public void step(float[] values, float[] velocity, float[] gradient, double learningRate) {
        float kept = (float) (1 - learningRate * weightDecay);
        int position = 0;
        for (Matrix matrix : matrices) {
            float[] direction = direction(matrix, position, velocity, gradient);
            float length = (float) (learningRate * LENGTH * Math.sqrt(Math.max(matrix.rows(), matrix.columns())));
            for (int i = 0; i < direction.length; i++) {
                values[position + i] = kept * values[position + i] - length * direction[i];
            }
            position += direction.length;
        }
    }

    private float[] direction(Matrix matrix, int from, float[] velocity, float[] gradient) {
        float[] direction = new float[matrix.size()];
        for (int i = 0; i < direction.length; i++) {
            float slope = gradient[from + i];
            velocity[from + i] = momentum * velocity[from + i] + slope;
            direction[i] = nesterov ? slope + momentum * velocity[from + i] : velocity[from + i];
        }
        try (NDManager scope = NDManager.newBaseManager(TorchEngine.device(), "PyTorch")) {
            NDArray array = scope.create(direction, new Shape(matrix.rows(), matrix.columns()));
            return matrix.rows() > matrix.columns()
                    ? orthogonal(array.transpose()).transpose().toFloatArray()
                    : orthogonal(array).toFloatArray();
        }
    }

    /** @param matrix float32 [rows, columns], no more rows than columns */
    private static NDArray orthogonal(NDArray matrix) {
        NDArray reached = matrix.div(matrix.square().sum().sqrt().add(TINY));
        for (int i = 0; i < ITERATIONS; i++) {
            reached = iterated(reached);
        }
        return reached;
    }

    private static NDArray iterated(NDArray matrix) {
        NDArray products = inBlocks(matrix, rows -> block(matrix, rows).matMul(matrix.transpose()));
        return inBlocks(matrix, rows -> {
            NDArray own = block(products, rows);
            NDArray factor = own.mul(CUBIC).add(own.matMul(products).mul(QUINTIC));
            return block(matrix, rows).mul(LINEAR).add(factor.matMul(matrix));
        });
    }

    /** Computes blocks of rows on all cores. */
    private static NDArray inBlocks(NDArray matrix, IntFunction<NDArray> rows) {
        int blocks = Math.toIntExact((matrix.getShape().get(0) + BLOCK - 1) / BLOCK);
        List<NDArray> computed =
                IntStream.range(0, blocks).parallel().mapToObj(rows).toList();
        return NDArrays.concat(new NDList(computed));
    }

    private static NDArray block(NDArray matrix, int number) {
        long end = Math.min(matrix.getShape().get(0), (number + 1L) * BLOCK);
        return matrix.get(new NDIndex("{}:{}", (long) number * BLOCK, end));
    }
}
