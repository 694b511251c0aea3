// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.rates;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catrs.schemas.event.CertificationRates;

/** A minute of a model's answers. */
final class Minute {
    static final long MILLIS = 60_000;

    private final String model;
    private final long begin;
    private final TreeSet<String> versions;
    private final Map<String, Long> certified;
    private final Map<String, Long> rejected;
    private final StepCounts radii;
    private final StepCounts bounds;
    private final Map<String, Long> reached;
    private long abstained;
    private long samples;
    private long labelled;
    private boolean isTouched = true;

    /** A minute without answers. */
    Minute(String model, long begin) {
        this(new MinuteState(model, begin, List.of(), Map.of(), 0, Map.of(), Map.of(), Map.of(), 0, 0, Map.of()));
    }

    /** A minute that was {@linkplain #state() kept}. */
    Minute(MinuteState state) {
        model = state.model();
        begin = state.begin();
        versions = new TreeSet<>(state.versions());
        certified = new TreeMap<>(state.certified());
        abstained = state.abstained();
        rejected = new TreeMap<>(state.rejected());
        radii = new StepCounts(state.radii());
        bounds = new StepCounts(state.bounds());
        samples = state.samples();
        labelled = state.labelled();
        reached = new TreeMap<>(state.reached());
    }

    /** The begin of the minute that a time lies in. */
    static long beginOf(long time) {
        return Math.floorDiv(time, MILLIS) * MILLIS;
    }

    MinuteState state() {
        return new MinuteState(
                model,
                begin,
                List.copyOf(versions),
                certified,
                abstained,
                rejected,
                radii.byStep(),
                bounds.byStep(),
                samples,
                labelled,
                reached);
    }

    /** @param told radii at which certified accuracy is told */
    void add(RatedAnswer answer, List<Double> told) {
        isTouched = true;
        CertificateFacts certificate = answer.certificate();
        if (certificate == null) {
            rejected.merge(String.valueOf(answer.rejected()), 1L, Long::sum);
        } else {
            add(certificate, told);
        }
    }

    private void add(CertificateFacts certificate, List<Double> told) {
        versions.add(certificate.version());
        samples += certificate.samples();
        bounds.add(certificate.lowerBound());
        if (certificate.label() == null) {
            abstained++;
        } else {
            certified.merge(certificate.label().toString(), 1L, Long::sum);
            radii.add(certificate.radius() / certificate.sigma());
        }
        if (certificate.correct() != null) {
            labelled++;
            for (double radius : told) {
                boolean isReached = certificate.correct() && certificate.radius() >= radius;
                reached.merge(Double.toString(radius), isReached ? 1L : 0L, Long::sum);
            }
        }
    }

    /**
     * Whether the minute is over and nothing was added to it since it was last asked: an answer that is read late still
     * finds its minute open as long as others of it come.
     */
    boolean isOver(long now) {
        boolean isQuiet = !isTouched;
        isTouched = false;
        return isQuiet && begin + MILLIS <= now;
    }

    CertificationRates rates() {
        long answered = sum(certified) + abstained;
        Map<String, Double> accuracy = new LinkedHashMap<>();
        reached.forEach((radius, images) -> accuracy.put(radius, (double) images / labelled));
        return new CertificationRates(
                model,
                List.copyOf(versions),
                begin,
                begin + MILLIS,
                answered + sum(rejected),
                certified,
                abstained,
                rejected,
                radii.quantiles(),
                bounds.quantiles(),
                answered == 0 ? null : (double) samples / answered,
                labelled,
                accuracy);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
