// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.service;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catrs.certifier.network.model.OpenModel;
import org.catrs.certifier.network.options.MachineShare;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.stream.outcome.CertifiedPredictions;
import org.catrs.certifier.stream.release.ServedModels;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.certifier.stream.topology.CertifierRegistry;
import org.catrs.certifier.stream.topology.ImageCertifier;
import org.catrs.certifier.stream.topology.PlanPolicy;
import org.catrs.schemas.event.CertifiedPrediction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes certifiers of models as the configuration says, and registers them when they are warm. */
final class ModelRegistration implements ServedModels {
    private static final Logger LOG = LoggerFactory.getLogger(ModelRegistration.class);

    private final CertifierConfig config;
    private final SeedSource seeds;
    private final CertifierRegistry registry;
    private final ModelWarmUp warmUp;
    private final StopCondition earlyStop;

    /**
     * @param seeds for the noise of each image
     * @param earlyStop stops deadline plans early
     */
    ModelRegistration(
            CertifierConfig config,
            SeedSource seeds,
            CertifierRegistry registry,
            ModelWarmUp warmUp,
            StopCondition earlyStop) {
        this.config = config;
        this.seeds = seeds;
        this.registry = registry;
        this.warmUp = warmUp;
        this.earlyStop = earlyStop;
    }

    @Override
    public boolean areInUse() {
        return registry.hasDefault();
    }

    @Override
    public void serve(OpenModel model) {
        try {
            PlanPolicy plans =
                    new PlanPolicy(config.plan().refinedBy(model.plan().request()), config.slowestRecord(), earlyStop);
            ImageCertifier certifier = new ImageCertifier(
                    model.classifier(),
                    CertifiedPredictions.by(model),
                    plan -> config.parameters(model.sigma(), model.plan(), plan),
                    seeds,
                    plans,
                    config.limits());
            SmoothingParameters parameters =
                    certifier.parameters(plans.request().resolved());
            warmUp.run(certifier, parameters, areInUse() ? MachineShare.BESIDE_IMAGES : MachineShare.AT_ONCE);
            registry.put(certifier, () -> close(model));
            LOG.atInfo()
                    .addKeyValue("model", model.identity())
                    .addKeyValue("engine", model.engine())
                    .addKeyValue("parameters", parameters)
                    .addKeyValue("plan", certifier.plan())
                    .log("images are certified with the model");
            tellPolicies(certifier, CertifiedPredictions.by(model));
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** Headers of an image choose among the plans; whoever audits compares these with what was published. */
    private void tellPolicies(ImageCertifier certifier, CertifiedPredictions predictions) {
        if (seeds instanceof SeedSource.Forced forced) {
            Map<String, String> policies = new TreeMap<>();
            for (SamplingPlan.Kind plan : SamplingPlan.Kind.values()) {
                policies.put(
                        plan.toString(),
                        predictions.policy(certifier.parameters(plan), plan).sha256());
            }
            LOG.atInfo()
                    .addKeyValue("model", certifier.model().name())
                    .addKeyValue("noiseKey", forced.key().publicKey().keyId())
                    .addKeyValue("policies", policies)
                    .log("seeds are forced under these policies; 'deploy/catrs keys policy' prints what they hold");
        }
    }

    @Override
    public void retire(String name) {
        registry.remove(name);
    }

    @Override
    public Optional<CertifiedPrediction.Model> served(String name) {
        return registry.model(name);
    }

    /** The thread whose image was the model's last has nothing to do with a failure to free it. */
    private static void close(OpenModel model) {
        try {
            model.close();
            LOG.atInfo().addKeyValue("model", model.identity()).log("model closed");
        } catch (RuntimeException e) {
            LOG.error("the model {} was not closed", model.identity(), e);
        }
    }
}
