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
    private final RatesOptions options;
    private RecordedBaseline recorded;
    private @Nullable ShiftWatch watch;

    private Comparison(RecordedBaseline recorded, boolean isComplete, RatesOptions options) {
        this.recorded = recorded;
        this.options = options;
        this.watch = isComplete ? new ShiftWatch(recorded.baseline(), options.limits()) : null;
    }

    /** A comparison with a baseline that was recorded, or that begins with the first answers where none was. */
    static Comparison begin(String model, CertificateFacts certificate, RatesOptions options) {
        return options.recorded(RecordedBaseline.key(model, certificate))
                .map(recorded -> new Comparison(recorded, true, options))
                .orElseGet(() -> new Comparison(RecordedBaseline.empty(model, certificate), false, options));
    }

    /** A comparison that was {@linkplain #state() kept}; it begins anew where another baseline was recorded meanwhile. */
    static Comparison resume(ComparisonState state, RatesOptions options) {
        RecordedBaseline kept = state.recorded();
        RecordedBaseline wanted = options.recorded(kept.key()).orElse(kept);
        if (!wanted.equals(kept)) {
            return new Comparison(wanted, true, options);
        }
        Comparison resumed = new Comparison(kept, state.isComplete(), options);
        if (resumed.watch != null) {
            resumed.watch.resume(state.measures());
        }
        return resumed;
    }

    ComparisonState state() {
        return new ComparisonState(recorded, watch != null, watch == null ? Map.of() : watch.state());
    }

    String key() {
        return recorded.key();
    }

    String model() {
        return recorded.model();
    }

    boolean isOf(String sha256) {
        return recorded.sha256().equals(sha256);
    }

    boolean isComplete() {
        return watch != null;
    }

    /** Adds an answer; tells which shifts began or ended. */
    List<ShiftEvent> add(CertificateFacts certificate, long now) {
        ShiftWatch running = watch;
        if (running == null) {
            recorded = recorded.with(certificate.shape());
            if (recorded.baseline().images() >= options.baselineImages()) {
                watch = new ShiftWatch(recorded.baseline(), options.limits());
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
                recorded.model(),
                recorded.version(),
                recorded.sha256(),
                recorded.plan(),
                recorded.targetRadius(),
                now,
                change.state(),
                change.measure(),
                moved.share(),
                moved.baseline(),
                moved.now(),
                moved.trials(),
                recorded.baseline().images(),
                limits.smallest(),
                limits.alpha());
    }

    /** The answers that are the baseline, or become it. */
    Baseline baseline() {
        return recorded.baseline();
    }

    /** How far a measure is from the baseline while a shift lasts; 0 otherwise. */
    double distance(Measure measure) {
        MovedShare moved = watch == null ? null : watch.moved(measure);
        return moved == null ? 0 : Math.abs(moved.now() - moved.baseline());
    }

    /** Model, version, plan and target, as metrics name them. */
    List<String> labels() {
        Double target = recorded.targetRadius();
        return List.of(
                recorded.model(), recorded.version(), recorded.plan(), target == null ? "" : Double.toString(target));
    }
}
