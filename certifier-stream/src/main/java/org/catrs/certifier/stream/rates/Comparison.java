// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catrs.certifier.stream.rates.shift.Baseline;
import org.catrs.certifier.stream.rates.shift.MovedShare;
import org.catrs.certifier.stream.rates.shift.ShiftChange;
import org.catrs.certifier.stream.rates.shift.ShiftLimits;
import org.catrs.certifier.stream.rates.shift.ShiftWatch;
import org.catrs.schemas.event.ShiftEvent;
import org.catrs.schemas.event.ShiftEvent.Measure;
import org.jspecify.annotations.Nullable;

/** The answers of one model with one plan and target: first they are the baseline, then they are compared with it. */
final class Comparison {
    private final ComparisonState identity;
    private final RatesOptions options;
    private Baseline baseline;
    private @Nullable ShiftWatch watch;

    /** A comparison that was {@linkplain #state() kept}. */
    Comparison(ComparisonState state, RatesOptions options) {
        this.identity = state;
        this.options = options;
        this.baseline = state.baseline();
        if (state.isComplete()) {
            ShiftWatch resumed = new ShiftWatch(baseline, options.limits());
            resumed.resume(state.measures());
            watch = resumed;
        }
    }

    /** A comparison that begins with its baseline. */
    static Comparison begin(String model, CertificateFacts certificate, RatesOptions options) {
        return new Comparison(
                new ComparisonState(
                        model,
                        certificate.version(),
                        certificate.sha256(),
                        certificate.plan(),
                        certificate.targetRadius(),
                        Baseline.empty(certificate.classes()),
                        false,
                        Map.of()),
                options);
    }

    /** What certificates have in common that are compared with each other. */
    static String key(String model, CertificateFacts certificate) {
        return model + "@" + certificate.sha256() + "@" + certificate.plan() + "@" + certificate.targetRadius();
    }

    ComparisonState state() {
        return new ComparisonState(
                identity.model(),
                identity.version(),
                identity.sha256(),
                identity.plan(),
                identity.targetRadius(),
                baseline,
                watch != null,
                watch == null ? Map.of() : watch.state());
    }

    String model() {
        return identity.model();
    }

    boolean isOf(String sha256) {
        return identity.sha256().equals(sha256);
    }

    boolean isComplete() {
        return watch != null;
    }

    /** Adds an answer; tells which shifts began or ended. */
    List<ShiftEvent> add(CertificateFacts certificate, long now) {
        ShiftWatch running = watch;
        if (running == null) {
            baseline = baseline.with(certificate.shape());
            if (baseline.images() >= options.baselineImages()) {
                watch = new ShiftWatch(baseline, options.limits());
            }
            return List.of();
        }
        List<ShiftEvent> events = new ArrayList<>();
        for (ShiftChange change : running.add(certificate.shape())) {
            events.add(event(change, now));
        }
        return events;
    }

    private ShiftEvent event(ShiftChange change, long now) {
        MovedShare moved = change.moved();
        ShiftLimits limits = options.limits();
        return new ShiftEvent(
                identity.model(),
                identity.version(),
                identity.sha256(),
                identity.plan(),
                identity.targetRadius(),
                now,
                change.state(),
                change.measure(),
                moved.share(),
                moved.baseline(),
                moved.now(),
                moved.trials(),
                baseline.images(),
                limits.smallest(),
                limits.alpha());
    }

    /** How far a measure is from the baseline while a shift lasts; 0 otherwise. */
    double distance(Measure measure) {
        MovedShare moved = watch == null ? null : watch.moved(measure);
        return moved == null ? 0 : Math.abs(moved.now() - moved.baseline());
    }

    /** Model, version, plan and target, as metrics name them. */
    List<String> labels() {
        Double target = identity.targetRadius();
        return List.of(
                identity.model(), identity.version(), identity.plan(), target == null ? "" : Double.toString(target));
    }
}
