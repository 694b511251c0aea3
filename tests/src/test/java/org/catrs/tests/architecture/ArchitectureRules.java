// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine.Command;

/**
 * The walls between modules, and between the certifier's stages, as rules.
 *
 * <p>A rule names packages by their end, {@code ..certifier.bound..}, so that it judges classes of the tests that break
 * it on purpose just as it judges catrs's own.
 */
final class ArchitectureRules {
    private static final String CERTIFIER = "..catrs..certifier";

    /**
     * What each package of the certifier may use of the certifier, in the order in which an image passes them.
     *
     * <p>The stages that certify come first and know nothing of a stream: noise is drawn, votes are counted and
     * bounded, and {@code smoothing} puts them together around any {@code BaseClassifier}, which {@code inference}
     * implements, with networks that {@code quantization} made of others or without. Then come what is certified from
     * (a model, an event) and into, and last what drives it all. {@code release} makes models of what is released, and
     * leaves it to others to certify with them. {@code configuration} says what is to be driven, and starts
     * nothing. {@code options} are what commands have in common.
     */
    private static final Map<String, Set<String>> USES = new TreeMap<>(Map.ofEntries(
            Map.entry("noise", Set.of()),
            Map.entry("counts", Set.of()),
            Map.entry("bound", Set.of()),
            Map.entry("smoothing", Set.of("noise", "counts", "bound")),
            Map.entry("quantization", Set.of()),
            Map.entry("inference", Set.of("noise", "counts", "smoothing", "quantization")),
            Map.entry("model", Set.of("noise", "counts", "smoothing", "inference")),
            Map.entry("release", Set.of("model")),
            Map.entry("intake", Set.of()),
            Map.entry("outcome", Set.of("noise", "counts", "smoothing", "model", "intake")),
            Map.entry(
                    "configuration",
                    Set.of("noise", "smoothing", "inference", "model", "release", "outcome", "topology")),
            Map.entry("options", Set.of("noise", "smoothing", "inference", "model", "configuration", "client"))));

    /** Starting and ending child processes comes first; each command that runs catrs on one machine stands alone. */
    private static final Map<String, Set<String>> LOCAL_USES = Map.of(
            "process", Set.of(),
            "broker", Set.of("process"),
            "demo", Set.of("process", "broker"),
            "reproduce", Set.of("process"));

    /** Ways to count votes, and to make a network of another, know nothing of each other. */
    private static final Map<String, Set<String>> INFERENCE_USES = Map.of(
            "options", Set.of(),
            "network", Set.of("options"),
            "cpu", Set.of("options", "network"),
            "cuda", Set.of("options", "network"),
            "conversion", Set.of("options", "network"));

    private static final Map<String, Map<String, Set<String>>> USES_BY_PARENT =
            Map.of("certifier", USES, "certifier.inference", INFERENCE_USES, "local", LOCAL_USES);

    /** What the rest of catrs sees of inference. */
    private static final String[] INFERENCE_API = {
        CERTIFIER + ".inference", CERTIFIER + ".inference.options..", CERTIFIER + ".inference.conversion.."
    };

    /** The records that hold a radius or a bound, and what they call it. */
    private static final Set<String> RADII = Set.of(
            "CertifiedPrediction.radius",
            "CertifiedPrediction.probabilityLowerBound",
            "Certified.radius",
            "Evidence.probabilityLowerBound",
            "EvaluationRow.radius",
            "Estimate.lowerBound");

    /**
     * Classes that pass a radius or a bound on, or write it. Each has a test, with {@code ExactCertificate} where it
     * writes, that it is never rounded up; a new one needs such a test, too.
     */
    private static final Set<String> RADIUS_WRITERS = Set.of(
            "AnswerLines",
            "AnswerRows",
            "CertifiedPredictions",
            "CertifierMeters",
            "CertifyCommand",
            "CertifyProcessor",
            "EvaluationFormat",
            "EvaluationRow",
            "EvaluationSummary",
            "Verdict");

    private ArchitectureRules() {}

    /** Packages that may use only some of those beside them: their parent's name and their own, joined by a dot. */
    static List<String> walledPackages() {
        return USES_BY_PARENT.entrySet().stream()
                .flatMap(parent -> parent.getValue().keySet().stream().map(child -> parent.getKey() + "." + child))
                .sorted()
                .toList();
    }

    static ArchRule packageUsesOnlyWhatItMay(String name) {
        int dot = name.lastIndexOf('.');
        String parent = "..catrs.." + name.substring(0, dot) + ".";
        Set<String> uses = USES_BY_PARENT.get(name.substring(0, dot)).get(name.substring(dot + 1));
        DescribedPredicate<JavaClass> allowed =
                resideInAPackage("..catrs.." + name + "..").or(not(resideInAPackage(parent + ".")));
        for (String used : uses) {
            allowed = allowed.or(resideInAPackage(parent + used + ".."));
        }
        return classes()
                .that()
                .resideInAPackage("..catrs.." + name + "..")
                .should()
                .onlyDependOnClassesThat(allowed.as("are of %s or %s", name, uses))
                .allowEmptyShould(true);
    }

    static ArchRule certificationKnowsNeitherKafkaNorOnnxRuntime() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        CERTIFIER + ".noise..",
                        CERTIFIER + ".counts..",
                        CERTIFIER + ".bound..",
                        CERTIFIER + ".smoothing..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "ai.onnxruntime..");
    }

    static ArchRule onnxRuntimeIsUsedOnlyToInferAndToCheckAnExport() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(CERTIFIER + ".inference..", "..catrs..trainer.export..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.onnxruntime..");
    }

    static ArchRule inferenceIsUsedByItsClassifierOptionsAndConversionsAlone() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(CERTIFIER + ".inference..")
                .should()
                .dependOnClassesThat(resideInAPackage(CERTIFIER + ".inference..")
                        .and(not(resideInAnyPackage(INFERENCE_API)))
                        .as("are inside inference"));
    }

    static ArchRule commandsAreKnownOnlyToTheApplication() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(CERTIFIER, CERTIFIER + ".commands..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CERTIFIER + ".commands..");
    }

    static ArchRule djlIsUsedOnlyByTheTrainer() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("..catrs..trainer..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..");
    }

    /** A number that DJL makes a tensor of is freed before the backward pass needs it: losses use {@code Scaling}. */
    static ArchRule lossesKeepTheirConstants() {
        return noClasses()
                .that()
                .resideInAnyPackage("..catrs..trainer.method..", "..catrs..trainer.architecture..")
                .should()
                .callMethod(NDArray.class, "mul", Number.class)
                .orShould()
                .callMethod(NDArray.class, "div", Number.class)
                .orShould()
                .callMethod(NDArray.class, "pow", Number.class);
    }

    /** Whoever trains at a command line, or in a test, needs no broker; the job worker is a plain Kafka client. */
    static ArchRule trainerKnowsKafkaOnlyAsTheSourceOfJobs() {
        return noClasses()
                .that()
                .resideInAPackage("..catrs..trainer..")
                .and()
                .resideOutsideOfPackage("..catrs..trainer.jobs..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..");
    }

    static ArchRule kafkaStreamsIsUsedOnlyByTheCertifier() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(CERTIFIER + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka.streams..");
    }

    static ArchRule modulesShareOnlySchemas(String module) {
        return noClasses()
                .that()
                .resideInAPackage("..catrs.." + module + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("..catrs.trainer..", "..catrs.certifier..", "..catrs.local..")
                        .and(not(resideInAPackage("..catrs.." + module + "..")))
                        .as("belong to another module than schemas"));
    }

    static ArchRule logsGoThroughSlf4j() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.apache.log4j..", "org.apache.logging..");
    }

    /** The demo is a program of several classes. */
    static ArchRule onlyProgramsPrint() {
        return noClasses()
                .that(not(isProgram()))
                .and()
                .resideOutsideOfPackage("..catrs.local.demo..")
                .should()
                .accessField(System.class, "out")
                .as("only commands and main classes write to standard output, which belongs to their answer");
    }

    static ArchRule radiiAreWrittenOnlyWhereATestHoldsThem() {
        return noClasses()
                .that(not(describe("round radii down", type -> RADIUS_WRITERS.contains(type.getSimpleName()))))
                .and(not(describe(
                        "are the records",
                        type -> RADII.stream().anyMatch(name -> name.startsWith(type.getSimpleName() + ".")))))
                .should()
                .accessTargetWhere(describe(
                        "is a radius or a bound",
                        access -> RADII.contains(access.getTargetOwner().getSimpleName() + "." + access.getName())))
                .as("radii and bounds are written only by classes of which a test shows that they round them down");
    }

    static ArchRule packagesHaveNoCycles() {
        return slices().matching("org.catrs.(**)").should().beFreeOfCycles();
    }

    private static DescribedPredicate<JavaClass> isProgram() {
        return describe(
                "commands and main classes",
                type -> type.isAnnotatedWith(Command.class)
                        || type.tryGetMethod("main", String[].class).isPresent());
    }
}
