// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.trainer.method.hyperparameter;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.catrs.schemas.InvalidDataException;

/** Values of all hyperparameters of a method, each in its range. */
public final class HyperparameterValues {
    private final Map<Hyperparameter<?>, Object> values = new TreeMap<>(Comparator.comparing(Hyperparameter::name));

    /**
     * Reads values.
     *
     * @param declared the method's hyperparameters
     * @param given values by name, without dashes; what is not given has its standard value
     * @param epochs of the training, which numbers of epochs that are not given follow
     * @throws InvalidDataException when a value is out of its range
     */
    public HyperparameterValues(List<Hyperparameter<?>> declared, Map<String, String> given, double epochs) {
        for (Hyperparameter<?> hyperparameter : declared) {
            String text = given.get(hyperparameter.name());
            values.put(hyperparameter, text == null ? hyperparameter.standardFor(epochs) : hyperparameter.parse(text));
        }
    }

    /** The value of a hyperparameter that the method declares. */
    @SuppressWarnings("unchecked") // put there under a hyperparameter of this name, which has one type
    public <T> T get(Hyperparameter<T> hyperparameter) {
        Object value = values.get(hyperparameter);
        if (value == null) {
            throw new IllegalArgumentException(hyperparameter.name() + " is not declared");
        }
        return (T) value;
    }

    /** The values, by their names on a command line. */
    public SortedMap<String, String> toMap() {
        SortedMap<String, String> map = new TreeMap<>();
        values.forEach((hyperparameter, value) -> map.put(hyperparameter.name(), value.toString()));
        return map;
    }
}
