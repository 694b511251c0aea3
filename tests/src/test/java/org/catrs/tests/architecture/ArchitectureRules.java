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
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import picocli.CommandLine.Command;

/**
 * The walls between modules, and between the packages of each, as rules.
 *
 * <p>A rule names packages by their end, {@code ..certifier.smoothing.bound..}, so that it judges classes of the tests that break
 * it on purpose just as it judges catrs's own.
 */
final class ArchitectureRules {
    private static final String CERTIFIER = "..catrs..certifier";

    /** What each module may use of the others. What two of the last three need stands in one of the first four. */
    private static final Map<String, Set<String>> MODULES = Map.of(
            "events", Set.of(),
            "files", Set.of("events"),
            "console", Set.of("events"),
            "program", Set.of("events", "files", "console"),
            "trainer", Set.of("events", "files", "console", "program"),
            "certifier", Set.of("events", "files", "console", "program"),
            "local", Set.of("events", "files", "program"));

    /** The packages of the modules that share the folder {@code schemas}. */
    private static final Map<String, List<String>> SCHEMAS = Map.of(
            "events", List.of("", ".event..", ".image..", ".json..", ".serde..", ".signature..", ".topic..", ".vrf.."),
            "files", List.of(".dataset..", ".file..", ".model..", ".onnx..", ".paper..", ".store.."));

    /** The certifier's doors, in the order of the data's way: each may use of the others what is named here. */
    private static final Map<String, Set<String>> DOORS = Map.of(
            "smoothing", Set.of(),
            "network", Set.of("smoothing"),
            "stream", Set.of("smoothing", "network"),
            "evaluation", Set.of("smoothing", "network"),
            "audit", Set.of("smoothing", "network", "stream"));

    private static final Map<String, Set<String>> SMOOTHING =
            Map.of("noise", Set.of(), "counts", Set.of(), "bound", Set.of());

    /** Ways to count votes, and to make a network of another, know nothing of each other. */
    private static final Map<String, Set<String>> NETWORK = Map.of(
            "options", Set.of(),
            "conversion.int8", Set.of(),
            "session", Set.of("options", "conversion.int8", "independence"),
            "independence", Set.of(),
            "batches", Set.of(),
            "cpu", Set.of("options", "session", "batches"),
            "cuda", Set.of("options", "session", "batches"),
            "conversion", Set.of("options", "session", "conversion.int8"),
            "adoption", Set.of("session", "independence"));

    private static final Map<String, Set<String>> STREAM = Map.of(
            "intake", Set.of(),
            "seed", Set.of(),
            "held", Set.of(),
            "outcome", Set.of("intake", "seed"),
            "topology", Set.of("intake", "seed", "outcome", "held"),
            "release", Set.of(),
            "rates.shift", Set.of(),
            "rates", Set.of("intake", "topology", "rates.shift"),
            "settings", Set.of("seed", "outcome", "held", "topology", "rates", "rates.shift", "release"));

    private static final Map<String, Set<String>> EVALUATION = Map.of(
            "rows", Set.of(),
            "summary", Set.of("rows"),
            "charts", Set.of("rows", "summary"));

    /** What the commands have in common comes before them. */
    private static final Map<String, Set<String>> CLI = Map.of("client", Set.of(), "options", Set.of("client"));

    /** The trainer's packages, in the order of a training. Parts of losses, and attacks, are known to methods alone. */
    private static final Map<String, Set<String>> TRAINER = Map.ofEntries(
            Map.entry("engine", Set.of()),
            Map.entry("noise", Set.of()),
            Map.entry("data", Set.of("noise")),
            Map.entry("architecture", Set.of()),
            Map.entry("method.hyperparameter", Set.of()),
            Map.entry("method.slice", Set.of("architecture")),
            Map.entry("method.attack", Set.of()),
            Map.entry("method.loss", Set.of("architecture", "method.slice", "method.attack")),
            Map.entry(
                    "method",
                    Set.of("architecture", "method.hyperparameter", "method.slice", "method.attack", "method.loss")),
            Map.entry("training.optimizer", Set.of("engine", "architecture")),
            Map.entry("training.checkpoint", Set.of("method.slice")),
            Map.entry("training.recipe", Set.of("data", "architecture", "training.optimizer", "training.checkpoint")),
            Map.entry(
                    "training.step",
                    Set.of("engine", "noise", "data", "architecture", "method", "method.slice", "training.recipe")),
            Map.entry(
                    "training",
                    Set.of(
                            "noise",
                            "data",
                            "architecture",
                            "method",
                            "method.slice",
                            "training.optimizer",
                            "training.checkpoint",
                            "training.recipe",
                            "training.step")),
            Map.entry("export", Set.of("engine", "noise", "data", "architecture", "training.recipe")),
            Map.entry("preset", Set.of("method", "method.hyperparameter")),
            Map.entry(
                    "task",
                    Set.of(
                            "engine",
                            "noise",
                            "data",
                            "architecture",
                            "method",
                            "method.slice",
                            "training",
                            "training.checkpoint",
                            "training.recipe",
                            "export")),
            Map.entry(
                    "jobs",
                    Set.of(
                            "engine",
                            "data",
                            "architecture",
                            "method.slice",
                            "training",
                            "training.checkpoint",
                            "training.recipe",
                            "export",
                            "task")));

    /** Starting and ending child processes comes first; each command that runs catrs on one machine stands alone. */
    private static final Map<String, Set<String>> LOCAL = Map.of(
            "process", Set.of(),
            "broker", Set.of("process"),
            "demo", Set.of("process", "broker"),
            "reproduce", Set.of("process"));

    private static final Map<String, Map<String, Set<String>>> USES_BY_PARENT = Map.of(
            "certifier", DOORS,
            "certifier.smoothing", SMOOTHING,
            "certifier.network", NETWORK,
            "certifier.stream", STREAM,
            "certifier.evaluation", EVALUATION,
            "certifier.cli", CLI,
            "trainer", TRAINER,
            "local", LOCAL);

    /** The door of each heavy library: the packages that may import it. */
    private static final Map<String, List<String>> LIBRARIES = Map.ofEntries(
            // A trained network is compared with its export before anybody sees it.
            Map.entry("ai.onnxruntime..", List.of(CERTIFIER + ".network..", "..catrs..trainer.export..")),
            Map.entry("ai.djl..", List.of("..catrs..trainer..")),
            Map.entry("org.apache.kafka.streams..", List.of(CERTIFIER + ".stream..")),
            Map.entry("org.knowm.xchart..", List.of(CERTIFIER + ".evaluation..")),
            Map.entry("org.apache.batik..", List.of(CERTIFIER + ".evaluation.charts..")),
            Map.entry("software.amazon..", List.of("..catrs.schemas.store..")),
            Map.entry("org.apache.avro..", List.of("..catrs.schemas.event..", "..catrs.schemas.serde..")),
            Map.entry("org.erdtman..", List.of("..catrs.schemas.json..")),
            // The certifier's network looks at a file's structure.
            Map.entry("com.google.protobuf..", List.of("..catrs.schemas.onnx..", CERTIFIER + ".network..")),
            Map.entry("com.sun.jna..", List.of("..catrs..trainer.engine..")),
            Map.entry("org.apache.commons.compress..", List.of("..catrs.schemas.dataset..")),
            Map.entry("me.tongfei..", List.of("..catrs.program.terminal..")),
            Map.entry("ch.qos.logback..", List.of("..catrs.console..")),
            Map.entry("io.opentelemetry..", List.of("..catrs.console.tracing..")),
            Map.entry("io.prometheus..", List.of("..catrs.console..")),
            Map.entry("org.slf4j.bridge..", List.of("..catrs.console..")),
            Map.entry("kafka..", List.of("..catrs.local.broker..")));

    /** What the rest of catrs sees of how a network is run. */
    private static final String[] NETWORK_API = {
        CERTIFIER + ".network",
        CERTIFIER + ".network.adoption..",
        CERTIFIER + ".network.model..",
        CERTIFIER + ".network.options..",
        CERTIFIER + ".network.conversion",
        // A release is looked through as every network is, before it is opened.
        CERTIFIER + ".network.independence"
    };

    /** What is easily done wrong, and therefore in one class alone. */
    private static final Map<String, String> DONE_ONCE = Map.of(
            "java.nio.file.Files.move", "UnfinishedFile",
            "java.lang.Thread.setDaemon", "DaemonThreads",
            "org.apache.kafka.clients.consumer.Consumer.seekToBeginning", "WholeTopic",
            "org.catrs.schemas.event.ModelRelease.<init>", "SignedModel");

    /** The records that hold a radius or a bound, and what they call it. */
    private static final Set<String> RADII = Set.of(
            "CertifiedPrediction.radius",
            "CertifiedPrediction.probabilityLowerBound",
            "CertificateFacts.radius",
            "CertificateFacts.lowerBound",
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
            "CertificateFacts",
            "CertifiedPredictions",
            "CertificateHistograms",
            "CertifyCommand",
            "EvaluationFormat",
            "EvaluationRow",
            "EvaluationSummary",
            "ImageAnswers",
            "Minute",
            "RecordedBaseline",
            "AuditResult",
            "Recount");

    private ArchitectureRules() {}

    /** Packages that may use only some of those beside them: their parent's name and their own, joined by a dot. */
    static List<String> walledPackages() {
        return USES_BY_PARENT.entrySet().stream()
                .flatMap(parent -> parent.getValue().keySet().stream().map(child -> parent.getKey() + "." + child))
                .sorted()
                .toList();
    }

    static ArchRule packageUsesOnlyWhatItMay(String name) {
        String parent = USES_BY_PARENT.keySet().stream()
                .filter(candidate -> name.startsWith(candidate + "."))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
        String child = name.substring(parent.length() + 1);
        Map<String, Set<String>> siblings = USES_BY_PARENT.get(parent);
        DescribedPredicate<JavaClass> allowed =
                inside(parent, child).or(not(resideInAPackage("..catrs.." + parent + "..")));
        for (String used : siblings.get(child)) {
            allowed = allowed.or(inside(parent, used));
        }
        return classes()
                .that(inside(parent, child))
                .should()
                .onlyDependOnClassesThat(allowed.as("are of %s or %s", name, siblings.get(child)))
                .allowEmptyShould(true);
    }

    /** Classes of a package and those below it, without those of a package below that has a rule of its own. */
    private static DescribedPredicate<JavaClass> inside(String parent, String child) {
        String prefix = "..catrs.." + parent + ".";
        DescribedPredicate<JavaClass> inside = resideInAPackage(prefix + child + "..");
        for (String sibling : USES_BY_PARENT.get(parent).keySet()) {
            if (sibling.startsWith(child + ".")) {
                inside = inside.and(not(resideInAPackage(prefix + sibling + "..")));
            }
        }
        return inside;
    }

    static Set<String> modules() {
        return MODULES.keySet();
    }

    static ArchRule moduleUsesOnlyWhatItMay(String module) {
        DescribedPredicate<JavaClass> forbidden = MODULES.keySet().stream()
                .filter(other -> !other.equals(module) && !MODULES.get(module).contains(other))
                .map(ArchitectureRules::of)
                .reduce((one, other) -> one.or(other))
                .orElseThrow();
        return noClasses()
                .that(of(module))
                .should()
                .dependOnClassesThat(forbidden.as("are of a module other than %s", MODULES.get(module)));
    }

    private static DescribedPredicate<JavaClass> of(String module) {
        return SCHEMAS.getOrDefault(module, List.of()).stream()
                .<DescribedPredicate<JavaClass>>map(end -> resideInAPackage("..catrs..schemas" + end))
                .reduce((one, other) -> one.or(other))
                .orElse(resideInAPackage("org.catrs." + module + ".."))
                .or(resideInAPackage("..broken." + module + ".."));
    }

    static Set<String> libraries() {
        return LIBRARIES.keySet();
    }

    static ArchRule libraryIsUsedOnlyAtItsDoor(String library) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(LIBRARIES.get(library).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);
    }

    static ArchRule certificationKnowsNeitherKafkaNorOnnxRuntime() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        CERTIFIER + ".smoothing..", CERTIFIER + ".stream.seed..", CERTIFIER + ".stream.rates.shift..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "ai.onnxruntime..");
    }

    static ArchRule networkIsUsedByItsClassifierModelsOptionsAndConversionsAlone() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(CERTIFIER + ".network..")
                .should()
                .dependOnClassesThat(resideInAPackage(CERTIFIER + ".network..")
                        .and(not(resideInAnyPackage(NETWORK_API)))
                        .as("are inside network"));
    }

    static ArchRule commandsAreKnownOnlyToTheApplication() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(CERTIFIER, CERTIFIER + ".cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(CERTIFIER + ".cli..");
    }

    /** A number that DJL makes a tensor of is freed before the backward pass needs it: losses use {@code Scaling}. */
    static ArchRule lossesKeepTheirConstants() {
        return noClasses()
                .that()
                .resideInAnyPackage(
                        "..catrs..trainer.method", "..catrs..trainer.method.loss..", "..catrs..trainer.architecture..")
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

    static Set<String> doneOnce() {
        return DONE_ONCE.keySet();
    }

    static ArchRule isDoneInOneClassAlone(String call) {
        return noClasses()
                .that(not(describe("are the one", type -> type.getSimpleName().equals(DONE_ONCE.get(call)))))
                .should()
                .accessTargetWhere(describe(
                        "is " + call,
                        access -> call.equals(access.getTargetOwner().getFullName() + "." + access.getName())))
                .as(DONE_ONCE.get(call) + " alone calls " + call);
    }

    /** A thread dump of a service says whose each thread is, and no pool keeps a program from its end. */
    static ArchRule threadsOfPoolsAreNamed() {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "makes a pool without a thread factory",
                        access -> access.getTargetOwner().isEquivalentTo(Executors.class)
                                && access.getName().startsWith("new")
                                && access.getTarget() instanceof CodeUnitCallTarget pool
                                && pool.getRawParameterTypes().stream()
                                        .noneMatch(type -> type.isEquivalentTo(ThreadFactory.class))));
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
