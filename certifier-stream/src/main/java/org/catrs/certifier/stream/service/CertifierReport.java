// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import org.catrs.certifier.stream.console.ConsoleModels;
import org.catrs.certifier.stream.console.ConsoleOptions;
import org.catrs.certifier.stream.console.ModelTrials;
import org.catrs.certifier.stream.console.StoredImages;
import org.catrs.certifier.stream.console.TopicAnswers;
import org.catrs.certifier.stream.topology.CertifierRegistry;
import org.catrs.console.CertificationReport;
import org.catrs.console.view.AnswerSource;
import org.catrs.console.view.Trials;
import org.jspecify.annotations.Nullable;

/** All that the console's page shows of certification. */
final class CertifierReport implements CertificationReport, AutoCloseable {
    private final MeteredCertification figures;
    private final TopicAnswers answers;
    private final Trials trials;

    /** @param registry of the models; null until there is one */
    CertifierReport(ConsoleOptions options, MeterRegistry meters, Supplier<@Nullable CertifierRegistry> registry) {
        ConsoleModels models = new ConsoleModels(registry);
        this.figures = new MeteredCertification(meters);
        this.answers = new TopicAnswers(options, new StoredImages(options, models));
        this.trials = new ModelTrials(models, options.limits(), options.access());
    }

    @Override
    public Figures now() {
        return figures.now();
    }

    @Override
    public Optional<AnswerSource> answers() {
        return Optional.of(answers);
    }

    @Override
    public Optional<Trials> trials() {
        return Optional.of(trials);
    }

    @Override
    public void close() {
        answers.close();
    }
}
