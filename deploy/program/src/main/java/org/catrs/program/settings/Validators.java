// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.catrs.schemas.InvalidDataException;

/** Checks of settings that Kafka has none for. */
public final class Validators {
    private Validators() {}

    /** A number above one and below another; or none. */
    public static Validator between(double above, double below) {
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
    public static Validator parsedBy(Consumer<String> parser, String range) {
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

    /** Nothing, or what another validator takes. */
    public static Validator nullOr(Validator validator) {
        return LambdaValidator.with(
                (name, value) -> {
                    if (value != null) {
                        validator.ensureValid(name, value);
                    }
                },
                validator::toString);
    }

    /** The names of values, in whatever case. */
    public static Validator namesOf(Object[] values) {
        return CaseInsensitiveValidString.in(
                Arrays.stream(values).map(Object::toString).toArray(String[]::new));
    }

    /** An address with a scheme; or none. */
    public static Validator absoluteUri() {
        return nullOr(parsedBy(Validators::requireAbsoluteUri, "an address with a scheme"));
    }

    private static void requireAbsoluteUri(String address) {
        try {
            if (!new URI(address).isAbsolute()) {
                throw new InvalidDataException("it needs a scheme, such as file:/// or https://");
            }
        } catch (URISyntaxException e) {
            throw new InvalidDataException("not an address: " + e.getReason(), e);
        }
    }
}
