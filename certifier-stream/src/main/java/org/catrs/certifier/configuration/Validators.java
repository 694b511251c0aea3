// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.configuration;

import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.catrs.schemas.InvalidDataException;

/** Checks of settings that Kafka has none for. */
final class Validators {
    private Validators() {}

    /** A number above one and below another; or none. */
    static Validator between(double above, double below) {
        String range = below == Double.POSITIVE_INFINITY ? "above " + above : "above " + above + " and below " + below;
        return LambdaValidator.with(
                (name, value) -> {
                    if (value != null && !((Double) value > above && (Double) value < below)) {
                        throw new ConfigException(name, value, "Value must be " + range);
                    }
                },
                () -> range);
    }

    /**
     * Text that can be parsed.
     *
     * @param parser throws {@link InvalidDataException} where it cannot
     * @param range what can be
     */
    static Validator parsedBy(Consumer<String> parser, String range) {
        return LambdaValidator.with(
                (name, value) -> {
                    try {
                        parser.accept((String) value);
                    } catch (InvalidDataException e) {
                        throw new ConfigException(name, value, e.getMessage());
                    }
                },
                () -> range);
    }

    static Validator nullOr(Validator validator) {
        return LambdaValidator.with(
                (name, value) -> {
                    if (value != null) {
                        validator.ensureValid(name, value);
                    }
                },
                validator::toString);
    }

    static Validator namesOf(Object[] values) {
        return CaseInsensitiveValidString.in(
                Arrays.stream(values).map(Object::toString).toArray(String[]::new));
    }
}
