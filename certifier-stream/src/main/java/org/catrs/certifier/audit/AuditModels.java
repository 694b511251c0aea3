// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.options.Assurance;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Optimization;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.options.ProviderException;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.model.ModelManifest;
import org.jspecify.annotations.Nullable;

/** The models that certificates may be of, each opened when a certificate needs it. */
public final class AuditModels implements AutoCloseable {
    private final List<Path> folders;
    private final InferenceOptions machine;
    private final Strictness strictness;
    private final Map<Opening, OpenModel> opened = new HashMap<>();

    /**
     * @param folders folders of models, or ONNX files
     * @param machine threads, natives and batch that a network is run with; the certificates say the rest
     * @param strictness whether a network is run on what its certificate names alone
     */
    public AuditModels(List<Path> folders, InferenceOptions machine, Strictness strictness) {
        this.folders = List.copyOf(folders);
        this.machine = machine;
        this.strictness = strictness;
    }

    /**
     * The model that a certificate names by its hash.
     *
     * @throws InvalidDataException when none of the models is that one
     * @throws ProviderNotHereException when the certificate's provider cannot run it here
     */
    AuditModel of(CertifiedPrediction certificate) {
        CertifiedPrediction.Engine engine = certificate.engine();
        ExecutionProvider provider = strictness.provider(ExecutionProvider.parse(engine.provider()));
        List<String> found = new ArrayList<>();
        for (Path folder : folders) {
            Opening opening = new Opening(
                    folder,
                    precision(engine.precision()),
                    provider,
                    optimization(engine),
                    independence(certificate),
                    certificate.sigma());
            OpenModel model = opened.computeIfAbsent(opening, this::open);
            if (model.identity().sha256().equals(certificate.model().sha256())) {
                return new AuditModel(model, Files.isRegularFile(folder.resolve(ModelManifest.FILE_NAME)));
            }
            found.add(folder + " of SHA-256 " + model.identity().sha256());
        }
        throw new InvalidDataException("it is of a model of SHA-256 "
                + certificate.model().sha256() + ", to be replayed with " + String.join(" and ", found));
    }

    @Override
    public void close() {
        opened.values().forEach(OpenModel::close);
    }

    /** Writes nothing into the auditor's folders. */
    private OpenModel open(Opening opening) {
        InferenceOptions inference = new InferenceOptions(
                        machine.threads(),
                        opening.precision(),
                        opening.provider(),
                        machine.natives(),
                        new Tuning(opening.optimization(), machine.tuning().batch()))
                .with(opening.independence());
        try {
            return OpenModel.openReadOnly(
                    opening.folder(), new ModelOverrides(opening.sigma(), null, List.of(), inference));
        } catch (InvalidDataException e) {
            if (e.getCause() instanceof ProviderException) {
                throw new ProviderNotHereException(opening.provider(), e);
            }
            throw e;
        }
    }

    /** The level in the engine's version, which decides the logits' last bits; where there is none, any will differ. */
    private static @Nullable Optimization optimization(CertifiedPrediction.Engine engine) {
        return Arrays.stream(Optimization.values())
                .filter(level -> engine.version().endsWith("+" + level))
                .findFirst()
                .orElse(null);
    }

    /** What a certificate says that it is known to be, or that it must be where it says nothing. */
    private static Assurance independence(CertifiedPrediction certificate) {
        return certificate.independence() == CertifiedPrediction.Independence.TRIED
                ? Assurance.TRIED
                : Assurance.PROVED;
    }

    private static Precision precision(String name) {
        try {
            return Precision.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new InvalidDataException("it ran in " + name + ", which is no precision that can be replayed", e);
        }
    }

    /**
     * A model that is open.
     *
     * @param isDescribed whether a manifest names it and its classes
     */
    record AuditModel(OpenModel served, boolean isDescribed) {}

    /** @param sigma of the certificate: a quantised network is made for one */
    private record Opening(
            Path folder,
            Precision precision,
            ExecutionProvider provider,
            @Nullable Optimization optimization,
            Assurance independence,
            double sigma) {}
}
