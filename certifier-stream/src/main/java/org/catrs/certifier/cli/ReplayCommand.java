// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.catrs.certifier.audit.AuditModels;
import org.catrs.certifier.audit.AuditResult;
import org.catrs.certifier.audit.AuditSummary;
import org.catrs.certifier.audit.CertificateFile;
import org.catrs.certifier.audit.CertificateReplay;
import org.catrs.certifier.audit.SeedCheck;
import org.catrs.certifier.audit.StoredCertificate;
import org.catrs.certifier.audit.Strictness;
import org.catrs.certifier.cli.options.ImageSourceOptions;
import org.catrs.certifier.cli.options.SplitOption;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.stream.seed.PublishedPolicies;
import org.catrs.program.terminal.Progress;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.signature.VerificationKeys;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says of certificates whether they hold. */
@Command(
        name = "replay",
        description =
                "Audits certificates: draws the noise of each again, runs its model and compares every field. Says"
                        + " for each whether it holds; exit code 1 when one does not.",
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Option(
            names = "--certificates",
            required = true,
            paramLabel = "F.jsonl",
            description = "certificates, one a line, as 'watch --json', 'certify --json' or kcat print them")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path certificates;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ImageSourceOptions images;

    @Mixin
    private SplitOption splitOption = new SplitOption();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR|F.onnx",
            description = "the model that the certificates are of; may be given several times")
    private List<Path> models = List.of();

    @Option(
            names = "--keys",
            paramLabel = "F.pem|DIR",
            description = "public keys, one of which must have signed each certificate; may be given several times")
    private List<Path> keys = List.of();

    @Option(
            names = "--noise-keys",
            paramLabel = "F.pem|DIR",
            description =
                    "public noise keys, one of which must have forced each seed, those that are used no more included;"
                            + " may be given several times")
    private List<Path> noiseKeys = List.of();

    @Option(
            names = "--policies",
            paramLabel = "F",
            description =
                    "policies that were published with the noise keys, as 'keys policy' prints them, one of which each"
                            + " forced seed must have; any is taken without them")
    private @Nullable Path policies;

    @Option(
            names = "--threads",
            paramLabel = "T",
            defaultValue = "0",
            description = "threads that run the network; 0 is as many as is fastest (default: ${DEFAULT-VALUE})")
    private int threads;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "images in a run; 0 is as many as is fastest; 1 for certificates that were made with --batch 1"
                            + " because images of a batch influence each other (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(
            names = "--tolerant",
            description = "count again on the hardware that is here, where near-ties may vote otherwise than with the"
                    + " certificate's provider, engine or instructions: says how many votes are apart, and whether the"
                    + " votes counted here show the radius, too")
    private boolean tolerant;

    @Option(
            names = "--onnxruntime-natives",
            paramLabel = "DIR",
            description =
                    "folder of ONNX Runtime's libraries, for certificates of a CUDA device (default: those of the "
                            + "class path)")
    private @Nullable Path natives;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<StoredCertificate> stored = CertificateFile.read(certificates);
        @Nullable VerificationKeys known = keys.isEmpty() ? null : VerificationKeys.read(keys);
        SeedCheck seeds = seeds();
        Strictness strictness = tolerant ? Strictness.TOLERANT : Strictness.EXACT;
        AuditModels opened = new AuditModels(models, machine(), strictness);
        try (CertificateReplay replay =
                new CertificateReplay(opened, images.open(splitOption.split()), known, seeds, strictness)) {
            AuditSummary summary = judge(stored, replay);
            conclude(summary);
            return summary.failed() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private SeedCheck seeds() {
        if (noiseKeys.isEmpty()) {
            if (policies != null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--policies goes with --noise-keys: without a key, no seed is forced by one");
            }
            return SeedCheck.withoutKeys();
        }
        return SeedCheck.by(
                VerificationKeys.read(noiseKeys), policies == null ? null : PublishedPolicies.read(policies));
    }

    private InferenceOptions machine() {
        try {
            return new InferenceOptions(threads, null, ExecutionProvider.AUTO, natives, new Tuning(null, batch));
        } catch (InvalidDataException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private AuditSummary judge(List<StoredCertificate> stored, CertificateReplay replay) {
        PrintWriter out = spec.commandLine().getOut();
        AuditSummary summary = new AuditSummary();
        long done = 0;
        try (Progress progress = Progress.start("replay", "certificates", stored.size())) {
            for (StoredCertificate one : stored) {
                AuditResult verdict = replay.judge(one);
                summary.add(verdict);
                out.println(verdict.line());
                out.flush();
                done++;
                progress.update(done, summary.failed() == 0 ? "" : summary.failed() + " do not hold");
            }
        }
        return summary;
    }

    private void conclude(AuditSummary summary) {
        PrintWriter out = spec.commandLine().getOut();
        summary.lines().forEach(out::println);
        if (keys.isEmpty()) {
            out.println(
                    "Signatures were not looked at (--keys). Without one, a replay cannot tell who made a certificate,"
                            + " nor how long it took.");
        }
        if (noiseKeys.isEmpty()) {
            out.println(
                    "Seeds are not proved (--noise-keys). Without a noise key, a replay cannot tell whether whoever made"
                            + " a certificate tried seeds until one suited.");
        } else if (policies == null) {
            out.println(
                    "Policies were not looked at (--policies). Without those that were published, a replay cannot tell"
                            + " whether the noise key's holder tried policies until one suited.");
        }
        out.flush();
    }
}
