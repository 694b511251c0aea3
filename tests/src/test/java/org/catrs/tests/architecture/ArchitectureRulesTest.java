// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shows that each rule of {@link ArchitectureTest} can fail, on classes that break it. */
final class ArchitectureRulesTest {
    private static final JavaClasses BROKEN =
            new ClassFileImporter().importPackages("org.catrs.tests.architecture.broken");

    @ParameterizedTest
    @MethodSource("rules")
    void shouldFindWhatBreaksIt(ArchRule rule) {
        assertThat(rule.evaluate(BROKEN).hasViolation()).isTrue();
    }

    static Stream<ArchRule> rules() {
        Stream<ArchRule> doneOnce = ArchitectureRules.doneOnce().stream().map(ArchitectureRules::isDoneInOneClassAlone);
        return Stream.concat(
                doneOnce,
                Stream.of(
                        ArchitectureRules.packageUsesOnlyWhatItMay("certifier.smoothing.bound"),
                        ArchitectureRules.packageUsesOnlyWhatItMay("certifier.smoothing"),
                        ArchitectureRules.certificationKnowsNeitherKafkaNorOnnxRuntime(),
                        ArchitectureRules.networkIsUsedByItsClassifierModelsOptionsAndConversionsAlone(),
                        ArchitectureRules.commandsAreKnownOnlyToTheApplication(),
                        ArchitectureRules.lossesKeepTheirConstants(),
                        ArchitectureRules.trainerKnowsKafkaOnlyAsTheSourceOfJobs(),
                        ArchitectureRules.moduleUsesOnlyWhatItMay("events"),
                        ArchitectureRules.libraryIsUsedOnlyAtItsDoor("ai.onnxruntime.."),
                        ArchitectureRules.libraryIsUsedOnlyAtItsDoor("ai.djl.."),
                        ArchitectureRules.libraryIsUsedOnlyAtItsDoor("org.apache.kafka.streams.."),
                        ArchitectureRules.threadsOfPoolsAreNamed(),
                        ArchitectureRules.logsGoThroughSlf4j(),
                        ArchitectureRules.onlyProgramsPrint(),
                        ArchitectureRules.radiiAreWrittenOnlyWhereATestHoldsThem(),
                        ArchitectureRules.packagesHaveNoCycles()));
    }
}
