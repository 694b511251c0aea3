// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclBinding;
import org.catrs.certifier.stream.settings.CertifierConfig;
import org.catrs.program.settings.KafkaKeys;
import org.catrs.schemas.topic.Topics;
import org.catrs.tests.Checkout;
import org.catrs.tests.start.RightsTable;
import org.catrs.trainer.jobs.TrainerConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart makes of its values. tests/lint/manifests.mjs checks what is left in target/helm against the API. */
final class HelmChartTest {
    private static final String TRAINER =
            "trainer: {enabled: true, store: 's3://bucket/models/', signingKeySecret: model-key, dataClaim: data,"
                    + " settings: {checkpoint.seconds: 30}}";
    private static final String RELEASES =
            "certifier: {releases: {defaultModel: digits, keysConfigMap: keys, locations: ['s3://bucket/a/',"
                    + " 's3://bucket/b/']}, signingKeySecret: sign, noiseKeySecret: noise, settings: {'n': 1000000,"
                    + " alpha: 0.0001, plan: adaptive}, models: {existingClaim: models}}";
    private static final String OAUTH =
            "kafka: {securityProtocol: SASL_SSL, tls: {caSecret: ca}, sasl: {mechanism: OAUTHBEARER, certifierSecret: c,"
                    + " trainerSecret: t, tokenEndpoint: 'https://tokens.example/'}}";

    /** Those of one line exclude each other; each combination of lines is rendered. The first of a line is the default. */
    private static final List<List<String>> SWITCHES = List.of(
            List.of("{}", TRAINER),
            List.of(
                    "{}",
                    "topicCreation: {by: job, clientSecret: admin}",
                    "{topicCreation: {by: strimzi}, strimzi: {cluster: main, namespace: kafka}}"),
            List.of("{}", "strimzi: {users: true, cluster: main, authentication: tls}"),
            List.of(
                    "{}",
                    "kafka: {securityProtocol: SSL, tls: {caSecret: ca, clientSecret: client}}",
                    "kafka: {securityProtocol: SASL_SSL, sasl: {certifierSecret: c, trainerSecret: t}}",
                    OAUTH),
            List.of(
                    "{}",
                    "autoscaling: {enabled: true, authenticationRef: kafka}",
                    "autoscaling: {enabled: true, by: age}"),
            List.of("{}", RELEASES),
            List.of(
                    "{}",
                    "monitoring: {podMonitor: true, rules: true, dashboards: true, labels: {release: prometheus}}"),
            List.of(
                    "{}",
                    "{networkPolicy: {enabled: true, metricsFrom: [{namespaceSelector: {}}], egress: [{ports: [{port: 443}]}]},"
                            + " serviceAccount: {create: false}, imagePullSecrets: [{name: registry}], certifier: {gpu: {count: 1},"
                            + " spread: false, podDisruptionBudget: {enabled: false}, image: {digest: 'sha256:"
                            + "0".repeat(64)
                            + "'}, env: [{name: CATRS_N, value: '1'}], envFrom: [{secretRef: {name: s3}}],"
                            + " tolerations: [{key: gpu, operator: Exists}], nodeSelector: {gpu: h200}, priorityClassName:"
                            + " high, podLabels: {team: vision}, podAnnotations: {note: x}, affinity: {nodeAffinity: {}}}}"));

    @TempDir
    private Path work;

    private HelmChart chart;

    @BeforeEach
    void copy() {
        chart = HelmChart.copiedTo(work);
    }

    @Test
    void shouldPassHelmsLinter() {
        assertThat(chart.lint()).allMatch(message -> message.startsWith("[INFO]"));
    }

    @Test
    void shouldRenderEveryCombinationOfItsSwitches() throws IOException {
        Path rendered = Files.createDirectories(Checkout.ROOT.resolve("tests/target/helm"));
        List<List<String>> combinations = combinations();
        for (int i = 0; i < combinations.size(); i++) {
            String manifests = chart.render(combinations.get(i));
            assertThat(manifests).contains("kind: Deployment").doesNotContain("<no value>");
            Files.writeString(rendered.resolve(i + ".yaml"), manifests);
        }
        assertThat(combinations).hasSize(2 * 3 * 2 * 4 * 3 * 2 * 2 * 2);
    }

    private static List<List<String>> combinations() {
        List<List<String>> all = List.of(List.of());
        for (List<String> alternatives : SWITCHES) {
            List<List<String>> more = new ArrayList<>();
            for (List<String> begun : all) {
                for (String alternative : alternatives) {
                    List<String> one = new ArrayList<>(begun);
                    one.add(alternative);
                    more.add(one);
                }
            }
            all = more;
        }
        return all;
    }

    @Test
    void shouldGiveBothServicesSettingsThatTheyUnderstand() {
        String manifests = chart.render(List.of(TRAINER, RELEASES, OAUTH));

        Map<String, String> settings = HelmChart.properties(manifests, "certifier.properties");
        CertifierConfig certifier = CertifierConfig.of(settings);
        assertThat(certifier.unknownKeys()).isEmpty();
        assertThat(settings)
                .containsEntry("n", "1000000")
                .containsEntry("alpha", "0.0001")
                .containsEntry("models.locations", "s3://bucket/a/,s3://bucket/b/");
        Map<String, String> trainers = HelmChart.properties(manifests, "trainer.properties");
        assertThat(TrainerConfig.of(trainers).data()).hasToString("/data");
        Set<String> declared = TrainerConfig.declarations().table().rows().stream()
                .map(row -> row.get(0))
                .collect(Collectors.toSet());
        assertThat(trainers.keySet()).allMatch(key -> declared.contains(key) || KafkaKeys.isKnown(key));
        assertThat(CertifierConfig.of(HelmChart.properties(chart.render(List.of()), "certifier.properties"))
                        .unknownKeys())
                .isEmpty();
    }

    @Test
    void shouldGiveEachServiceTheRightsOfTheTableAndNoOther() throws IOException {
        String manifests = chart.render(List.of(TRAINER, "strimzi: {users: true, cluster: main}"));

        assertThat(HelmChart.rights(manifests, "certifier"))
                .containsExactlyInAnyOrderElementsOf(listed("certifier", "page"));
        assertThat(HelmChart.rights(manifests, "trainer")).containsExactlyInAnyOrderElementsOf(listed("trainer"));
    }

    private static List<HelmChart.Right> listed(String... users) throws IOException {
        List<HelmChart.Right> rights = new ArrayList<>();
        for (String user : users) {
            for (AclBinding right : RightsTable.of(user)) {
                rights.add(new HelmChart.Right(
                        right.pattern().resourceType(),
                        right.pattern().name(),
                        right.pattern().patternType(),
                        right.entry().operation()));
            }
        }
        return rights;
    }

    @ParameterizedTest
    @CsvSource({
        "job, create 'NAME' --partitions, --config cleanup.policy=compact",
        "strimzi, topicName: NAME, cleanup.policy: compact"
    })
    void shouldMakeEveryTopicAsTheServicesNeedIt(String by, String line, String compacted) {
        String manifests =
                chart.render(List.of(TRAINER, "{topicCreation: {by: " + by + "}, strimzi: {cluster: main}}"));

        for (Topics.Topic topic : Topics.ALL) {
            String wanted = line.replace("NAME", topic.name());
            assertThat(manifests).contains(wanted);
            String rest = manifests.substring(manifests.indexOf(wanted) + wanted.length());
            String own = rest.split("create '|topicName: ", 2)[0];
            assertThat(own.contains(compacted)).as(topic.name()).isEqualTo(topic.isCompacted());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'certifer: {n: 3}', certifer",
        "'kafka: {securityProtocol: TLS}', securityProtocol",
        "'certifier: {image: {digest: latest}}', digest",
        "'certifier: {settings: {n: 5}}', YAML takes n for no",
        "'trainer: {enabled: true}', trainer.store is needed",
        "'topicCreation: {by: strimzi}', strimzi.cluster is needed",
        "'certifier: {releases: {defaultModel: digits}}', keysConfigMap is needed"
    })
    void shouldSayWhichValueDoesNotFit(String values, String named) {
        assertThatThrownBy(() -> chart.render(List.of(values)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(named);
    }
}
