// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.catrs.tests.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchitectureTest {
    private static final JavaClasses CATRS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.catrs");

    @ParameterizedTest
    @MethodSource("org.catrs.tests.architecture.ArchitectureRules#walledPackages")
    void shouldUseOnlyWhatThePackageMayUse(String name) {
        ArchitectureRules.packageUsesOnlyWhatItMay(name).check(CATRS);
    }

    @Test
    void shouldCertifyWithoutKafkaAndOnnxRuntime() {
        ArchitectureRules.certificationKnowsNeitherKafkaNorOnnxRuntime().check(CATRS);
    }

    @Test
    void shouldUseOfNetworkItsClassifierModelsOptionsAndConversionsAlone() {
        ArchitectureRules.networkIsUsedByItsClassifierModelsOptionsAndConversionsAlone()
                .check(CATRS);
    }

    @Test
    void shouldKnowCommandsOnlyInTheApplication() {
        ArchitectureRules.commandsAreKnownOnlyToTheApplication().check(CATRS);
    }

    @Test
    void shouldKeepTheConstantsOfLosses() {
        ArchitectureRules.lossesKeepTheirConstants().check(CATRS);
    }

    @Test
    void shouldTrainWithoutKafkaUnlessForAJob() {
        ArchitectureRules.trainerKnowsKafkaOnlyAsTheSourceOfJobs().check(CATRS);
    }

    @ParameterizedTest
    @MethodSource("org.catrs.tests.architecture.ArchitectureRules#modules")
    void shouldUseOnlyTheModulesThatTheModuleMayUse(String module) {
        ArchitectureRules.moduleUsesOnlyWhatItMay(module).check(CATRS);
    }

    @ParameterizedTest
    @MethodSource("org.catrs.tests.architecture.ArchitectureRules#libraries")
    void shouldUseTheLibraryOnlyAtItsDoor(String library) {
        ArchitectureRules.libraryIsUsedOnlyAtItsDoor(library).check(CATRS);
    }

    @ParameterizedTest
    @MethodSource("org.catrs.tests.architecture.ArchitectureRules#doneOnce")
    void shouldDoInOneClassAlone(String call) {
        ArchitectureRules.isDoneInOneClassAlone(call).check(CATRS);
    }

    @Test
    void shouldNameTheThreadsOfPools() {
        ArchitectureRules.threadsOfPoolsAreNamed().check(CATRS);
    }

    @Test
    void shouldLogThroughSlf4j() {
        ArchitectureRules.logsGoThroughSlf4j().check(CATRS);
    }

    @Test
    void shouldPrintOnlyInPrograms() {
        ArchitectureRules.onlyProgramsPrint().check(CATRS);
    }

    @Test
    void shouldWriteRadiiOnlyWhereATestHoldsThem() {
        ArchitectureRules.radiiAreWrittenOnlyWhereATestHoldsThem().check(CATRS);
    }

    @Test
    void shouldHaveNoCyclesBetweenPackages() {
        ArchitectureRules.packagesHaveNoCycles().check(CATRS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "schemas/events",
                "schemas/files",
                "monitoring/console",
                "deploy/program",
                "trainer",
                "certifier-stream",
                "deploy/local"
            })
    void shouldExplainEveryPackage(String module) throws IOException {
        assertThat(packagesWithoutInfo(Checkout.ROOT.resolve(module).resolve("src/main/java")))
                .isEmpty();
    }

    @Test
    void shouldHaveNoTwoClassesOfOneSimpleName() {
        Map<String, List<String>> classes = CATRS.stream()
                .filter(type -> type.isTopLevelClass()
                        && !type.getSimpleName().equals("package-info")
                        && !type.getPackageName().endsWith(".proto"))
                .collect(groupingBy(JavaClass::getSimpleName, mapping(JavaClass::getName, toList())));
        assertThat(classes.values())
                .isNotEmpty()
                .allSatisfy(names -> assertThat(names).hasSize(1));
    }

    private static List<Path> packagesWithoutInfo(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::getParent)
                    .distinct()
                    .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                    .toList();
        }
    }
}
