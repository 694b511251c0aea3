// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts of what audits said. */
public final class AuditSummary {
    private final Map<AuditVerdict, Long> verdicts = new EnumMap<>(AuditVerdict.class);
    private final Map<Weakness, Long> weaknesses = new EnumMap<>(Weakness.class);

    /** Counts one. */
    public void add(AuditResult result) {
        verdicts.merge(result.verdict(), 1L, Long::sum);
        result.weaknesses().forEach(weakness -> weaknesses.merge(weakness, 1L, Long::sum));
    }

    /** Number of certificates that nobody should rely on. */
    public long failed() {
        return verdicts.entrySet().stream()
                .filter(entry -> !entry.getKey().isGood())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Sentences for people: how many certificates hold, and which weaknesses how many of them have. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(verdicts.values().stream().mapToLong(Long::longValue).sum() + " certificates: "
                + count(AuditVerdict.HOLDS) + " hold" + recounted() + ", " + count(AuditVerdict.DOES_NOT_HOLD)
                + " do not"
                + others(AuditVerdict.PROVIDER_NOT_HERE, "ran on a provider that is not here")
                + others(AuditVerdict.IMAGE_NOT_GIVEN, "are of images that are not given"));
        if (!weaknesses.isEmpty()) {
            lines.add(weaknesses.entrySet().stream()
                    .map(entry -> entry.getKey() + " " + entry.getValue())
                    .collect(Collectors.joining(", ", "Weak promises: ", "")));
        }
        return lines;
    }

    private String recounted() {
        long surviving = count(AuditVerdict.SURVIVES);
        long others = count(AuditVerdict.DOES_NOT_SURVIVE);
        return surviving + others == 0 ? "" : ", " + surviving + " survive, " + others + " do not survive";
    }

    private String others(AuditVerdict verdict, String words) {
        long others = count(verdict);
        return others == 0 ? "" : ", " + others + " " + words;
    }

    private long count(AuditVerdict verdict) {
        return verdicts.getOrDefault(verdict, 0L);
    }
}
