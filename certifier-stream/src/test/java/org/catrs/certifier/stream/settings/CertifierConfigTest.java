// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.catrs.certifier.cli.client.Predictions;
import org.catrs.certifier.network.model.ManifestPlan;
import org.catrs.certifier.network.model.ModelOverrides;
import org.catrs.certifier.network.options.Assurance;
import org.catrs.certifier.network.options.ExecutionProvider;
import org.catrs.certifier.network.options.InferenceOptions;
import org.catrs.certifier.network.options.Optimization;
import org.catrs.certifier.network.options.Precision;
import org.catrs.certifier.network.options.Tuning;
import org.catrs.certifier.smoothing.PlanRequest;
import org.catrs.certifier.smoothing.SamplingPlan.Kind;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.stream.console.ConsoleOptions;
import org.catrs.certifier.stream.console.ToldTopic;
import org.catrs.certifier.stream.held.AtHandLimits;
import org.catrs.certifier.stream.outcome.TestKeys;
import org.catrs.certifier.stream.rates.RatesOptions;
import org.catrs.certifier.stream.rates.shift.ShiftLimits;
import org.catrs.certifier.stream.seed.SeedSource;
import org.catrs.certifier.stream.topology.TopicNames;
import org.catrs.console.view.Trials;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.image.ImageLimits;
import org.catrs.schemas.serde.EventSerdes;
import org.catrs.schemas.signature.CertificateSignature;
import org.catrs.schemas.signature.SigningKey;
import org.catrs.schemas.signature.VerificationKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CertifierConfigTest {
    private static final ManifestPlan OPEN = new ManifestPlan(PlanRequest.NONE, null);

    private static final Map<String, String> REQUIRED =
            Map.of("model", "folder", "bootstrap.servers", "localhost:9092");

    private static final Map<String, String> RELEASES = Map.of(
            "default.model", "digits",
            "models.keys", "a.pem,keys",
            "models.revoked", "revoked",
            "models.locations", "file:///srv/models/, s3://bucket/models/",
            "models.cache", "cache",
            "models.max.bytes", "1000",
            "models.cache.max.bytes", "5000",
            "models.fetch.timeout.seconds", "7",
            "models.topic", "m",
            "models.status.topic", "s");

    @Test
    void shouldServeReleasesInThePlaceOfAConfiguredModel(@TempDir Path folder) {
        TestKeys one = TestKeys.in(folder);
        TestKeys other = TestKeys.in(folder);
        Map<String, String> properties = new HashMap<>(RELEASES);
        properties.put("models.keys", one.publicKey() + "," + other.publicKey().resolveSibling(""));
        properties.put("bootstrap.servers", "localhost:9092");
        CertifierConfig config = CertifierConfig.of(properties);
        assertThat(config.servesReleases()).isTrue();
        assertThat(config.defaultModel()).isEqualTo("digits");
        assertThat(config.releases().topic()).isEqualTo("m");
        assertThat(config.releases().statusTopic()).isEqualTo("s");
        assertThat(config.releases().keys().keyIds()).containsExactlyInAnyOrder(keyId(one), keyId(other));
        assertThat(config.releases().revoked()).isEqualTo(Path.of("revoked"));
        assertThat(config.releases().cache()).isEqualTo(Path.of("cache"));
        assertThat(config.releases().mostModelBytes()).isEqualTo(1_000);
        assertThat(config.releases().mostCacheBytes()).isEqualTo(5_000);
        assertThat(config.releases().fetchPatience()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.releases().model()).isEqualTo(ModelOverrides.DEFAULT);
        assertThat(CertifierConfig.of(REQUIRED).servesReleases()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model | folder | either one configured model is served, or the models that are released",
                "models.keys | '' | Missing required configuration \"models.keys\"",
                "models.cache | '' | models.cache",
                "models.locations | http://example.org/ | file:///FOLDER/ or s3://BUCKET/FOLDER/",
                "model.classes | a,b | released models have a manifest that says it",
                "models.status.topic | m | another topic has this name already",
            })
    void shouldSayWhatReleasesNeed(String key, String value, String problem) {
        Map<String, String> properties = new HashMap<>(RELEASES);
        properties.put("bootstrap.servers", "localhost:9092");
        properties.put(key, value);
        assertThatThrownBy(() -> CertifierConfig.of(properties))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldNotSignCertificatesWithAKeyWhoseModelsAreServed(@TempDir Path folder) {
        TestKeys models = TestKeys.in(folder);
        TestKeys certificates = TestKeys.in(folder);
        Map<String, String> properties = new HashMap<>(RELEASES);
        properties.put("bootstrap.servers", "localhost:9092");
        properties.put("models.keys", models.publicKey().toString());
        properties.put("signing.key", certificates.privateKey().toString());
        assertThat(CertifierConfig.of(properties).releases().keys().keyIds()).containsExactly(keyId(models));

        properties.put("models.keys", models.publicKey() + "," + certificates.publicKey());
        CertifierConfig both = CertifierConfig.of(properties);
        assertThatThrownBy(both::releases)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(
                        certificates.privateKey() + ": this key signs certificates (signing.key)",
                        "among models.keys",
                        "openssl genpkey");

        properties.remove("signing.key");
        properties.put("noise.key", certificates.privateKey().toString());
        CertifierConfig noise = CertifierConfig.of(properties);
        assertThatThrownBy(noise::releases)
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("this key forces the seeds of the noise (noise.key)");
    }

    private static String keyId(TestKeys keys) {
        return SigningKey.read(keys.privateKey()).keyId();
    }

    @Test
    void shouldRefuseARevocationListBesideAConfiguredModel() {
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.put("models.revoked", "revoked");
        assertThatThrownBy(() -> CertifierConfig.of(properties))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("Invalid configuration [models.revoked] beside model");
    }

    @Test
    void shouldHaveADefaultForAllButModelAndBrokers() {
        CertifierConfig config = CertifierConfig.of(REQUIRED);
        assertThat(config.model()).isEqualTo(Path.of("folder"));
        assertThat(config.modelOptions()).isEqualTo(ModelOverrides.DEFAULT);
        assertThat(config.parameters(0.25, OPEN, Kind.FIXED))
                .isEqualTo(new SmoothingParameters(0.25, 0.001, 100, 100_000, NoiseKind.DISCRETE));
        assertThat(config.parameters(0.25, OPEN, Kind.ADAPTIVE).n0()).isEqualTo(32);
        assertThat(config.parameters(0.25, OPEN, Kind.DEADLINE).n0()).isEqualTo(100);
        assertThat(config.topics()).isEqualTo(new TopicNames("images", "certified-predictions", "images-rejected"));
        assertThat(config.limits()).isEqualTo(new ImageLimits(1_048_576, 4_194_304));
        assertThat(config.slowestRecord()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.http().getHostString()).isEqualTo("127.0.0.1");
        assertThat(config.http().getPort()).isEqualTo(8080);
        assertThat(config.kafka()).containsEntry("application.id", "catrs-certifier-images");
        assertThat(config.instancesMayDiffer()).isFalse();
        assertThat(config.unknownKeys()).isEmpty();
    }

    @Test
    void shouldNameTheApplicationAfterTheImagesTopicUnlessItIsNamed() {
        Map<String, String> photos = new HashMap<>(REQUIRED);
        photos.put("images.topic", "photos");
        assertThat(CertifierConfig.of(photos).applicationId()).isEqualTo("catrs-certifier-photos");
        photos.put("application.id", "mine");
        assertThat(CertifierConfig.of(photos).applicationId()).isEqualTo("mine");
    }

    @Test
    void shouldSpendAllSamplesUnlessAskedOtherwise() {
        CertifierConfig config = CertifierConfig.of(REQUIRED);
        assertThat(config.plan()).isEqualTo(PlanRequest.NONE);
        assertThat(config.mostWaiting()).isEqualTo(1_000);
        assertThat(config.parameters(0.5, new ManifestPlan(PlanRequest.NONE, 200_000L), Kind.FIXED)
                        .n())
                .as("a manifest may not ask for more than the operator's n")
                .isEqualTo(100_000);
    }

    @ParameterizedTest
    @CsvSource({
        "plan, quick, 'one of fixed, adaptive, deadline'",
        "plan, fixed, the plan fixed has no target radius",
        "radius.fraction, 0.9, not both",
        "radius.fraction, 1, above 0.0 and below 1.0",
        "deadline, 0, above 0.0"
    })
    void shouldRefuseImpossiblePlans(String key, String value, String problem) {
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.put("target.radius", "0.5");
        properties.put(key, value);
        assertThatThrownBy(() -> CertifierConfig.of(properties))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldForceSeedsWhereThereIsANoiseKey(@TempDir Path folder) {
        TestKeys noise = TestKeys.in(folder);
        Map<String, String> properties = new HashMap<>(REQUIRED);
        assertThat(CertifierConfig.of(properties).seeds()).isEqualTo(new SeedSource.Random());

        properties.put("noise.key", noise.privateKey().toString());
        properties.put("signing.key", TestKeys.in(folder).privateKey().toString());

        assertThat(CertifierConfig.of(properties).seeds())
                .isInstanceOfSatisfying(
                        SeedSource.Forced.class,
                        forced -> assertThat(forced.key().publicKey().keyId())
                                .isEqualTo(SigningKey.read(noise.privateKey()).keyId()));
    }

    @Test
    void shouldRefuseOneKeyForSignaturesAndNoise(@TempDir Path folder) throws IOException {
        Path key = TestKeys.in(folder).privateKey();
        Path copy = Files.copy(key, folder.resolve("copy"));
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.put("noise.key", key.toString());
        properties.put("signing.key", copy.toString());

        assertThatThrownBy(CertifierConfig.of(properties)::seeds)
                .isInstanceOf(InvalidDataException.class)
                .hasMessage("noise.key and signing.key are the same key "
                        + SigningKey.read(key).keyId()
                        + ", and one used for both can be found out: make one of its own by 'deploy/catrs keys new --out"
                        + " FILE'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "avro"})
    void shouldSignPredictionsWhereThereIsAKey(String format, @TempDir Path folder) {
        TestKeys files = TestKeys.in(folder);
        VerificationKeys keys = VerificationKeys.read(List.of(files.publicKey()));
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.put("predictions.format", format);

        assertThat(written(properties).signature()).isNull();

        properties.put("signing.key", files.privateKey().toString());
        CertifiedPrediction signed = written(properties);
        assertThat(CertificateSignature.verify(signed, keys)).isEqualTo(CertificateSignature.Verdict.VALID);
    }

    private static CertifiedPrediction written(Map<String, String> properties) {
        try (Serializer<CertifiedPrediction> serializer =
                        CertifierConfig.of(properties).predictions();
                Deserializer<CertifiedPrediction> deserializer =
                        EventSerdes.deserializer(CertifiedPrediction.class, null)) {
            assertThat(serializer.serialize("topic", null)).isNull();
            byte[] value = serializer.serialize(
                    "topic", new RecordHeaders(), Predictions.abstained("a", 1).prediction());
            return deserializer.deserialize("topic", value);
        }
    }

    @Test
    void shouldShowPicturesAndLetTryWhoSitsAtTheMachineUnlessToldOtherwise() {
        ConsoleOptions options = CertifierConfig.of(REQUIRED).console();
        assertThat(options.showsPictures()).isTrue();
        assertThat(options.access()).isEqualTo(Trials.Access.LOOPBACK);
        assertThat(options.toldTopics())
                .extracting(ToldTopic::name)
                .containsExactly("certification-rates", "shift-events");
        assertThat(options.consumer()).doesNotContainKey("group.id");
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.putAll(Map.of("console.pictures", "false", "console.try", "off", "rates.enabled", "false"));
        ConsoleOptions other = CertifierConfig.of(properties).console();
        assertThat(other.showsPictures()).isFalse();
        assertThat(other.access()).isEqualTo(Trials.Access.OFF);
        assertThat(other.toldTopics()).isEmpty();
    }

    @Test
    void shouldTellNoRatesWhereTheyAreSwitchedOff() {
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.put("rates.enabled", "false");
        assertThat(CertifierConfig.of(properties).rates()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "rates.radii, '', numbers",
        "rates.radii, '0,near', numbers",
        "rates.radii, '0,-1', at least 0",
        "shifts.alpha, 0.5, above 0.0 and below 0.5",
        "shifts.smallest, 1, at least 0.0 and below 1.0",
        "shifts.baseline.images, 99, at least 100",
        "shifts.topic, images, another topic has this name already"
    })
    void shouldRefuseImpossibleRates(String key, String value, String problem) {
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.put(key, value);
        assertThatThrownBy(() -> CertifierConfig.of(properties))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void shouldTakeEverySetting() {
        Map<String, String> all = new HashMap<>(REQUIRED);
        all.put("instances.may.differ", "true");
        all.putAll(Map.of(
                "model.name", "mine",
                "model.classes", "cat,dog",
                "sigma", "0.5",
                "alpha", "0.01",
                "n0", "10",
                "n", "1000",
                "noise", "Gaussian",
                "precision", "INT8",
                "inference.threads", "3"));
        all.put("headers.carried", "correlation-id, kafka_correlationId");
        all.putAll(Map.of(
                "images.topic", "a",
                "predictions.topic", "b",
                "rejected.topic", "c",
                "predictions.format", "avro",
                "schema.registry.url", "http://localhost:8081",
                "record.max.seconds", "7",
                "image.max.bytes", "1000",
                "image.max.pixels", "2000",
                "http.host", "localhost",
                "http.port", "0"));
        all.put("signing.key", "key");
        all.put("noise.key", "noise");
        all.putAll(Map.of(
                "plan", "deadline",
                "target.radius", "0.5",
                "deadline", "2.5",
                "n.max", "5000",
                "backlog.max", "10"));
        all.put("execution.provider", "cuda:0,1");
        all.put("onnxruntime.natives", "/opt/ort");
        all.put("inference.optimization", "ALL");
        all.put("inference.batch", "96");
        all.put("images.at.hand", "20");
        all.put("bytes.at.hand", "30000");
        all.putAll(Map.of(
                "rates.enabled", "true",
                "rates.topic", "d",
                "rates.radii", "1, 0.5",
                "shifts.topic", "e",
                "shifts.baseline.images", "500",
                "shifts.baselines", "",
                "shifts.alpha", "0.001",
                "shifts.smallest", "0.1"));
        all.put("inference.independence", "tried");
        all.put("traces.collector", "http://localhost:4318");
        all.put("traces.share", "0.5");
        all.put("console.pictures", "false");
        all.put("console.try", "everybody");
        CertifierConfig config = CertifierConfig.of(all);
        assertThat(all.keySet())
                .containsAll(CertifierConfig.declarations().table().rows().stream()
                        .map(row -> row.get(0))
                        .filter(name -> !name.equals("application.id"))
                        .filter(name -> !RELEASES.containsKey(name) && !name.equals("radius.fraction"))
                        .toList());
        assertThat(config.rates())
                .isEqualTo(new RatesOptions("d", "e", 500, List.of(), new ShiftLimits(0.001, 0.1), List.of(0.5, 1.0)));
        assertThat(config.modelOptions())
                .isEqualTo(new ModelOverrides(
                        0.5,
                        "mine",
                        List.of("cat", "dog"),
                        new InferenceOptions(
                                        3,
                                        Precision.INT8,
                                        ExecutionProvider.parse("cuda:0,1"),
                                        Path.of("/opt/ort"),
                                        new Tuning(Optimization.ALL, 96))
                                .with(Assurance.TRIED)));
        assertThat(config.parameters(0.5, OPEN, Kind.ADAPTIVE))
                .isEqualTo(new SmoothingParameters(0.5, 0.01, 10, 1_000, NoiseKind.GAUSSIAN));
        assertThat(config.plan()).isEqualTo(new PlanRequest(Kind.DEADLINE, 0.5, null, 2.5));
        assertThat(config.mostWaiting()).isEqualTo(10);
        assertThat(config.parameters(0.5, new ManifestPlan(PlanRequest.NONE, 4_000L), Kind.FIXED)
                        .n())
                .isEqualTo(4_000);
        assertThat(config.parameters(0.5, new ManifestPlan(PlanRequest.NONE, 6_000L), Kind.FIXED)
                        .n())
                .isEqualTo(5_000);
        assertThat(config.topics()).isEqualTo(new TopicNames("a", "b", "c"));
        assertThat(config.limits()).isEqualTo(new ImageLimits(1_000, 2_000));
        assertThat(config.slowestRecord()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.atHand()).isEqualTo(new AtHandLimits(20, 30_000));
        assertThat(config.workers(true)).isEqualTo(12);
        assertThat(config.workers(false)).isEqualTo(20);
        assertThat(config.longestStandstill()).isEqualTo(Duration.ofSeconds(14));
        assertThat(config.http().getHostString()).isEqualTo("localhost");
        assertThat(config.http().getPort()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "sigma, 0.0",
        "sigma, NaN",
        "sigma, Infinity",
        "alpha, 0.0",
        "alpha, 0.5",
        "alpha, 9.0E-16",
        "n0, 0",
        "n, 0",
        "n, many",
        "noise, uniform",
        "precision, fp7",
        "inference.threads, -1",
        "inference.optimization, most",
        "inference.batch, -1",
        "predictions.format, xml",
        "image.max.bytes, 0",
        "image.max.pixels, 0",
        "record.max.seconds, 0",
        "images.at.hand, 0",
        "bytes.at.hand, 1023",
        "group.protocol, streams",
        "http.port, -1",
        "http.port, 65536",
        "schema.registry.url, registry",
        "schema.registry.url, 'http://my registry/'",
        "processing.guarantee, at_least_once",
        "num.stream.threads, 0",
        "application.id, a b/c",
        "rejected.topic, images",
        "headers.carried, content-type",
        "headers.carried, ce_id",
        "headers.carried, catrs.answered",
        "headers.carried, __streams.errors.topic",
    })
    void shouldRefuseWithNameAndValue(String name, String value) {
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.put(name, value);
        assertThatThrownBy(() -> CertifierConfig.of(properties))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("Invalid value " + value + " for configuration " + name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "images.topic", "predictions.topic", "rejected.topic", "http.host"})
    void shouldRefuseAnEmptyName(String name) {
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.put(name, "");
        assertThatThrownBy(() -> CertifierConfig.of(properties))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(name);
    }

    @Test
    void shouldReportAllProblemsTogether() {
        assertThatThrownBy(() -> CertifierConfig.of(Map.of("n", "0", "alpha", "1", "http.port", "x")))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContainingAll(
                        "Missing required configuration \"model\"",
                        "Missing required configuration \"bootstrap.servers\"",
                        "configuration n:",
                        "configuration alpha:",
                        "configuration http.port:");
    }

    @Test
    void shouldKnowKafkasSettingsWithAndWithoutPrefix() {
        Map<String, String> properties = new HashMap<>(REQUIRED);
        properties.putAll(Map.of(
                "security.protocol", "SASL_SSL",
                "sasl.jaas.config", "secret",
                "ssl.truststore.location", "/trust",
                "consumer.session.timeout.ms", "6000",
                "main.consumer.fetch.max.bytes", "1000",
                "producer.linger.ms", "5",
                "admin.retries", "3",
                "num.stream.threads", "2",
                "imags.topic", "typo",
                "producer.lnger.ms", "typo"));
        CertifierConfig config = CertifierConfig.of(properties);
        assertThat(config.unknownKeys()).containsExactly("imags.topic", "producer.lnger.ms");
        assertThat(config.kafka()).containsEntry("sasl.jaas.config", "secret").doesNotContainKey("model");
    }
}
