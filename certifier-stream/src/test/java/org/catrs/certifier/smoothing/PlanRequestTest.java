// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.smoothing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.Stream;
import org.catrs.certifier.smoothing.SamplingPlan.Kind;
import org.catrs.schemas.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanRequestTest {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    /** Requests are written kind/target/fraction/deadline, with a minus for what is left open. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-/-/-/-        | -/-/-/-   | -/-/-/-  | fixed",
                "-/0.5/-/-      | -/-/-/-   | -/-/-/-  | adaptive, target radius 0.5",
                "-/0.5/-/-      | -/0.25/-/-| -/-/-/-  | adaptive, target radius 0.25",
                "-/0.5/-/-      | -/0.25/-/-| -/1/-/-  | adaptive, target radius 1.0",
                "adaptive/-/-/- | -/-/-/-   | -/-/-/-  | adaptive, 0.9 of the radius",
                "-/-/0.5/-      | -/-/-/-   | -/-/-/-  | adaptive, 0.5 of the radius",
                "-/-/0.5/-      | -/-/-/-   | -/1/-/-  | adaptive, target radius 1.0",
                "-/0.5/-/-      | -/-/0.8/- | -/-/-/-  | adaptive, 0.8 of the radius",
                "deadline/-/-/- | -/-/-/-   | -/-/-/-  | deadline of 60.0 s",
                "-/-/-/2        | -/-/-/-   | -/0.5/-/-| deadline of 2.0 s, target radius 0.5",
                "-/0.5/-/-      | -/-/-/-   | -/-/-/2  | deadline of 2.0 s, target radius 0.5",
                "-/-/0.5/-      | -/-/-/-   | -/-/-/2  | deadline of 2.0 s",
                "-/-/-/600      | -/-/-/-   | -/-/-/-  | deadline of 60.0 s",
                "-/-/-/2        | -/-/-/-   | -/-/-/3  | deadline of 3.0 s",
                "-/0.5/-/-      | fixed/-/-/-| -/-/-/- | fixed",
                "-/0.5/-/-      | fixed/-/-/-| -/1/-/- | adaptive, target radius 1.0",
                "-/0.5/-/2      | adaptive/-/-/-| -/-/-/- | adaptive, target radius 0.5",
            })
    void shouldLetTheImageGoBeforeTheModelAndTheModelBeforeTheConfiguration(
            String configuration, String model, String image, String plan) {
        PlanRequest merged = request(configuration).refinedBy(request(model)).refinedBy(request(image));

        assertThat(merged.plan(LONGEST)).hasToString(plan);
    }

    @Test
    void shouldRefuseContradictions() {
        Stream.of(
                        "fixed/0.5/-/-",
                        "fixed/-/0.5/-",
                        "fixed/-/-/1",
                        "adaptive/-/-/1",
                        "deadline/-/0.5/-",
                        "-/-/0.5/1",
                        "-/0.5/0.5/-",
                        "-/0/-/-",
                        "-/-/1/-",
                        "-/-/-/-1",
                        "-/NaN/-/-")
                .forEach(text ->
                        assertThatThrownBy(() -> request(text)).as(text).isInstanceOf(InvalidDataException.class));
    }

    @Test
    void shouldNameThePlansWhereOneIsUnknown() {
        assertThatThrownBy(() -> Kind.parse("quick"))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("a sampling plan is one of [fixed, adaptive, deadline], found 'quick'");
    }

    private static PlanRequest request(String text) {
        String[] parts = text.strip().split("/");
        return new PlanRequest(
                parts[0].equals("-") ? null : Kind.parse(parts[0]),
                number(parts[1]),
                number(parts[2]),
                number(parts[3]));
    }

    private static Double number(String text) {
        return text.equals("-") ? null : Double.valueOf(text);
    }
}
