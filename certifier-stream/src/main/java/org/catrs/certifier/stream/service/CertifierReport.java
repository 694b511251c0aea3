// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.util.Optional;
import java.util.function.Supplier;
import org.catrs.certifier.stream.console.ConsoleModels;
import org.catrs.certifier.stream.console.ConsoleOptions;
import org.catrs.certifier.stream.console.ModelTrials;
import org.catrs.certifier.stream.console.TopicAnswers;
import org.catrs.certifier.stream.console.TopicPictures;
import org.catrs.certifier.stream.topology.CertifierMeters;
import org.catrs.certifier.stream.topology.CertifierRegistry;
import org.catrs.console.CertificationReport;
import org.catrs.console.view.AnswerSource;
import org.catrs.console.view.Trials;
import org.jspecify.annotations.Nullable;

/** All that the console's page shows of certification. */
final class CertifierReport implements CertificationReport, AutoCloseable {
    private final CertifierMeters figures;
    private final TopicAnswers answers;
    private final Trials trials;

    /** @param registry of the models; null until there is one */
    CertifierReport(ConsoleOptions options, CertifierMeters meters, Supplier<@Nullable CertifierRegistry> registry) {
        ConsoleModels models = new ConsoleModels(registry);
        this.figures = meters;
        this.answers = new TopicAnswers(options, new TopicPictures(options, models));
        this.trials = new ModelTrials(models, options.limits(), options.access());
    }

    @Override
    public Figures now() {
        return figures.figures();
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
