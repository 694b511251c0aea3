// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.independence;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A node with what is known of its inputs.
 *
 * @param operator its operator
 * @param version of the set of operators that its operator is of
 * @param inputs null for one that is left out
 * @param outputs number of outputs that are named
 * @param batch images in a batch
 */
record Call(
        String operator,
        long version,
        List<@Nullable Value> inputs,
        NodeAttributes attributes,
        int outputs,
        int batch) {
    Call {
        inputs = Collections.unmodifiableList(inputs);
    }

    boolean has(int input) {
        return input < inputs.size() && inputs.get(input) != null;
    }

    /** @throws Unproved when it is left out */
    Value value(int input) {
        Value value = input < inputs.size() ? inputs.get(input) : null;
        if (value == null) {
            throw Unproved.mixes("lacks its input " + input);
        }
        return value;
    }

    /** Inputs that are not left out. */
    List<Value> values() {
        return inputs.stream().filter(Objects::nonNull).map(Value.class::cast).toList();
    }

    /** @throws Unproved when the input is anything but a value of each image */
    Value.PerImage image(int input) {
        if (value(input) instanceof Value.PerImage image) {
            return image;
        }
        throw Unproved.mixes("takes the pixels for something else than its input " + input);
    }

    Place place(int input) {
        return Place.of(image(input), batch);
    }

    /** @throws Unproved when the input depends on the pixels */
    Tensor constant(int input) {
        if (value(input) instanceof Value.Constant constant) {
            return constant.tensor();
        }
        throw Unproved.mixes("takes a parameter that depends on the pixels");
    }

    Optional<Tensor> constantIfAny(int input) {
        return has(input) ? Optional.of(constant(input)) : Optional.empty();
    }

    /** @throws Unproved when an input from a number on depends on the pixels */
    void requireConstantsFrom(int first) {
        IntStream.range(first, inputs.size()).filter(this::has).forEach(this::constant);
    }

    /** @throws Unproved when a constant input, where it is given, is not one number */
    void requireScalars(int... numbers) {
        for (int input : numbers) {
            if (has(input) && constant(input).shape().count() != 1) {
                throw Unproved.mixes("takes a scale for each row of its input");
            }
        }
    }

    /** Shape of an input. */
    Shape shape(int input) {
        return shape(value(input));
    }

    static Shape shape(Value value) {
        if (value instanceof Value.PerImage image) {
            return image.shape();
        }
        if (value instanceof Value.Constant constant) {
            return constant.tensor().shape();
        }
        throw Unproved.mixes("takes a value whose shape is not known before it runs");
    }

    /** Integers that older versions have as an attribute, and newer ones as an input. */
    Optional<long[]> integers(int input, String attribute) {
        return has(input)
                ? Optional.of(constant(input).integers())
                : attributes.integers(attribute).filter(list -> list.length > 0);
    }

    /** The same call with other inputs. */
    Call with(List<? extends @Nullable Value> others) {
        return new Call(operator, version, List.copyOf(others), attributes, outputs, batch);
    }

    /** The same call of a constant, as if it were the image of a batch of one: it has the same shapes. */
    Call ofOneImage() {
        List<@Nullable Value> others = new ArrayList<>(inputs);
        if (has(0)) {
            Shape shape = shape(0);
            others.set(0, new Value.PerImage(shape, shape.count()));
        }
        return new Call(operator, version, others, attributes, outputs, 1);
    }
}
