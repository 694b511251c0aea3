// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

/**
 * Where a value holds the images of the batch: an axis of {@code outer} x batch x {@code inner} values, so that the
 * images stand on it one after another, perhaps folded with windows or heads.
 *
 * @param axis the axis, or {@link #ANYWHERE} for a batch of one image, which lies on each axis and on none
 */
record Place(int axis, long outer, long inner, int batch) {
    private static final int ANYWHERE = -1;

    /** @throws Unproved when the images lie across several axes */
    static Place of(Value.PerImage value, int batch) {
        if (batch == 1) {
            return new Place(ANYWHERE, 1, 1, 1);
        }
        Shape shape = value.shape();
        long after = 1;
        for (int axis = shape.rank() - 1; axis >= 0 && after <= value.width(); axis--) {
            long inner = value.width() / after;
            if (value.width() % after == 0 && shape.size(axis) % (inner * batch) == 0) {
                return new Place(axis, shape.size(axis) / (inner * batch), inner, batch);
            }
            after *= shape.size(axis);
        }
        throw Unproved.mixes("takes a value of shape " + shape + " in which the images lie across several axes");
    }

    boolean isOn(int other) {
        return axis == other;
    }

    /** Whether the images lie on an axis at or behind one. */
    boolean isFrom(int first) {
        return axis >= first;
    }

    Place on(int other) {
        return batch == 1 ? this : new Place(other, outer, inner, batch);
    }

    Place shifted(int by) {
        return on(axis + by);
    }

    /** @throws Unproved when the images lie on another axis than the first */
    Place requireFirstAxis() {
        if (batch > 1 && axis != 0) {
            throw Unproved.mixes(
                    "takes axis " + axis + " for channels or pixels, on which the images of the batch lie");
        }
        return this;
    }

    /** @throws Unproved when the images lie on that axis: what is done to it is {@code done} */
    Place requireNotOn(int forbidden, String done) {
        if (isOn(forbidden)) {
            throw Unproved.mixes(done + " along the batch");
        }
        return this;
    }

    /** A value of another shape in which the images lie so. */
    Value.PerImage value(Shape shape) {
        return new Value.PerImage(shape, batch == 1 ? shape.count() : inner * shape.after(axis));
    }

    /**
     * Makes sure that a constant of the same rank is the same beside each image.
     *
     * @throws Unproved when it is not
     */
    void requireSame(Tensor constant) {
        if (batch > 1) {
            constant.requireSame(inner * constant.shape().after(axis), batch);
        }
    }
}
