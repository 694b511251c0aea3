// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.program.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.catrs.program.option.Range;
import org.catrs.schemas.InvalidDataException;

/** Checks of settings that Kafka has none for. */
public final class Validators {
    private Validators() {}

    /** What another one takes, or no value. */
    public static Validator ifGiven(Validator validator) {
        return LambdaValidator.with(
                (name, value) -> {
                    if (value != null) {
                        validator.ensureValid(name, value);
                    }
                },
                validator::toString);
    }

    /** A number from one to another; or none. */
    public static Validator fromTo(double least, double most) {
        String range = "at least " + least + " and at most " + most;
        return LambdaValidator.with(
                (name, value) -> {
                    if (value != null && !((Double) value >= least && (Double) value <= most)) {
                        throw new ConfigException(name, value, "Value must be " + range);
                    }
                },
                () -> range);
    }

    /** A number of at least one and below another; or none. */
    public static Validator fromBelow(double least, double below) {
        String range = "at least " + least + " and below " + below;
        return LambdaValidator.with(
                (name, value) -> {
                    if (value != null && !((Double) value >= least && (Double) value < below)) {
                        throw new ConfigException(name, value, "Value must be " + range);
                    }
                },
                () -> range);
    }

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
     * Text that can be parsed; or none.
     *
     * @param parser throws {@link InvalidDataException} where it cannot
     * @param range what can be
     */
    public static Validator parsedBy(Consumer<String> parser, String range) {
        return LambdaValidator.with(
                (name, value) -> {
                    try {
                        if (value != null) {
                            parser.accept((String) value);
                        }
                    } catch (InvalidDataException e) {
                        throw new ConfigException(name, withoutLogin((String) value), e.getMessage());
                    }
                },
                () -> range);
    }

    /**
     * A list that will do.
     *
     * @param check throws {@link InvalidDataException} where it will not
     * @param range what will do
     */
    public static Validator eachBy(Consumer<List<String>> check, String range) {
        return LambdaValidator.with(
                (name, value) -> {
                    List<String> values =
                            ((List<?>) value).stream().map(String::valueOf).toList();
                    try {
                        check.accept(values);
                    } catch (InvalidDataException e) {
                        throw new ConfigException(name, String.join(",", values), e.getMessage());
                    }
                },
                () -> range);
    }

    /** An address may have a password in it, which is nobody's to read in a log. */
    private static String withoutLogin(String value) {
        return value.replaceFirst("//[^/]*@", "//***@");
    }

    /** Text that says a value of a range; or none. */
    public static Validator in(Range<?> range) {
        return LambdaValidator.with(
                (name, value) -> {
                    if (value != null && range.read((String) value).isEmpty()) {
                        throw new ConfigException(name, value, "Value must be " + range.text());
                    }
                },
                range::text);
    }

    /** An address with a scheme; or none. */
    public static Validator absoluteUri() {
        return parsedBy(Validators::requireAbsoluteUri, "an address with a scheme");
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
