// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.tests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catrs.tests.Checkout;
import org.junit.jupiter.api.Test;

/** Who is woken by an alert finds what it means, what to look at and what to do. */
final class RunbookTest {
    private static final Pattern SECTION =
            Pattern.compile("^### (\\w+)\n(.*?)(?=^##|\\z)", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern SCM = Pattern.compile("<scm.*?<url>(.*?)</url>", Pattern.DOTALL);

    @Test
    void shouldTellOfEveryAlertAndOfNoOther() throws IOException {
        assertThat(sections()).extracting(Section::alert).containsExactlyElementsOf(names());
    }

    @Test
    void shouldSayWhatEachMeansWhatToLookAtAndWhatToDo() throws IOException {
        assertThat(sections())
                .allSatisfy(section -> assertThat(section.text())
                        .as(section.alert())
                        .containsSubsequence("**It means**", "**Look at**", "**Do**"));
    }

    @Test
    void shouldSayAsTheAlertDoesWhetherSomebodyIsWoken() throws IOException {
        List<Rules.Alert> alerts = Rules.alerts();
        assertThat(sections())
                .zipSatisfy(
                        alerts,
                        (section, alert) -> assertThat(section.text())
                                .as(section.alert())
                                .startsWith("*" + (alert.text().contains("severity: critical") ? "Critical" : "Warning")
                                        + ".*"));
    }

    @Test
    void shouldBeWhatEachAlertLinksTo() throws IOException {
        Matcher project = SCM.matcher(Files.readString(Checkout.ROOT.resolve("pom.xml")));
        assertThat(project.find()).isTrue();
        assertThat(Rules.alerts())
                .allSatisfy(alert -> assertThat(alert.text().lines().map(String::strip))
                        .as(alert.name())
                        .contains("runbook_url: " + project.group(1) + "/blob/main/monitoring/RUNBOOK.md#"
                                + alert.name().toLowerCase(Locale.ROOT)));
    }

    @Test
    void shouldHaveSeveritySummaryAndDescriptionForEachAlert() throws IOException {
        assertThat(Rules.alerts())
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(alert.text())
                        .as(alert.name())
                        .containsPattern("severity: (critical|warning)\n")
                        .contains("summary: ", "description: "));
    }

    @Test
    void shouldTestEachAlertFiringAndQuiet() throws IOException {
        String tests = Files.readString(Rules.FILE.resolveSibling("rules.test.yml"));
        assertThat(names()).allSatisfy(alert -> {
            assertThat(tests).as("fires").containsPattern("alertname: " + alert + "\n +exp_alerts:");
            assertThat(tests).as("is quiet").contains("alertname: " + alert + "}");
        });
    }

    private static List<String> names() throws IOException {
        return Rules.alerts().stream().map(Rules.Alert::name).toList();
    }

    private static List<Section> sections() throws IOException {
        return SECTION.matcher(Files.readString(Checkout.ROOT.resolve("monitoring/RUNBOOK.md")))
                .results()
                .map(section -> new Section(section.group(1), section.group(2).strip()))
                .toList();
    }

    private record Section(String alert, String text) {}
}
