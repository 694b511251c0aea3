// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontDoorScriptTest {
    @TempDir
    Path directory;

    private FakeProject project;

    @BeforeEach
    void create() throws IOException {
        project = FakeProject.create(directory);
    }

    @Test
    void shouldListTheCommands() throws Exception {
        assertThat(project.run("--help"))
                .startsWith("0", "Usage: deploy/catrs COMMAND [OPTIONS]")
                .anyMatch(line -> line.startsWith("  serve "));
        assertThat(project.builds()).isEmpty();
    }

    @Test
    void shouldSayTheVersionOfThePomAndThatThereIsNoGit() throws Exception {
        Files.writeString(project.root().resolve("pom.xml"), "<properties>\n  <revision>1.2.3</revision>\n");
        assertThat(project.run("--version")).containsExactly("0", "catrs 1.2.3 (commit unknown)");
        assertThat(project.builds()).isEmpty();
    }

    @Test
    void shouldRefuseAnUnknownCommand() throws Exception {
        assertThat(project.run("sreve")).startsWith("2", "error: there is no command 'sreve'");
    }

    @Test
    void shouldRefuseNoCommand() throws Exception {
        assertThat(project.run()).startsWith("2", "Usage: deploy/catrs COMMAND [OPTIONS]");
    }

    @Test
    void shouldRunFromAnywhereThroughLinksAndKeepArgumentsWhole() throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("else where"));
        Path first = Files.createSymbolicLink(elsewhere.resolve("first"), project.script());
        Path second = Files.createSymbolicLink(elsewhere.resolve("second"), first.getFileName());
        List<String> output = FakeProject.output(project.start(elsewhere, second, "certify", "my image.png", "*"));
        assertThat(output)
                .startsWith("0")
                .contains("[-Dcatrs.home=" + project.root().toRealPath() + "]")
                .endsWith("[org.catrs.certifier.CertifierApplication]", "[certify]", "[my image.png]", "[*]");
    }

    @Test
    void shouldAskTheServiceForItsSettings() throws Exception {
        assertThat(project.run("config", "certifier"))
                .endsWith("[org.catrs.certifier.CertifierApplication]", "[config]", "[certifier]");
        assertThat(project.run("config", "trainer", "--markdown"))
                .endsWith("[org.catrs.trainer.TrainerApplication]", "[config]", "[trainer]", "[--markdown]");
        assertThat(project.run("reference", "topics"))
                .endsWith("[org.catrs.certifier.CertifierApplication]", "[reference]", "[topics]");
    }

    @Test
    void shouldBuildOnlyWhatTheCommandNeedsAndOnlyOnce() throws Exception {
        assertThat(project.run("report").get(1)).startsWith("building catrs (the first build downloads up to ");
        assertThat(project.run("report")).noneMatch(line -> line.startsWith("building"));
        assertThat(project.builds()).containsExactly("-q -B -Dmaven.test.skip=true -pl certifier-stream -am package");
        project.run("demo");
        assertThat(project.builds()).hasSize(2).last().asString().contains(" -pl trainer,deploy/local ");
    }

    @Test
    void shouldBuildAgainWhenASourceChanges() throws Exception {
        project.run("train");
        // Later than the stamp on any file system.
        Files.setLastModifiedTime(
                project.source("schemas/events", "A.java"),
                FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(project.run("train")).contains("building catrs ...");
        assertThat(project.builds()).hasSize(2);
    }

    @Test
    void shouldRunWithItsOwnClassPathWhenOnlyAnotherModuleWasBuilt() throws Exception {
        project.run("demo");
        Files.delete(project.source("trainer", "B.java"));
        Path root = project.root().toRealPath();
        assertThat(project.run("demo"))
                .contains(
                        "building catrs ...",
                        "class path " + root + "/deploy/local/target/classes:" + root + "/deploy/local/pom.xml");
        assertThat(project.builds()).last().asString().contains(" -pl trainer ");
    }

    @Test
    void shouldBuildAgainWhenASourceIsDeleted() throws Exception {
        project.run("train");
        Files.delete(project.source("trainer", "B.java"));
        project.run("train");
        assertThat(project.builds()).hasSize(2);
    }

    @Test
    void shouldBuildAgainWhenTheProjectMoved() throws Exception {
        project.run("train");
        Path moved = Files.move(project.root(), directory.resolve("moved"));
        FakeProject.output(project.start(directory, moved.resolve("deploy/catrs"), "train"));
        assertThat(project.builds()).hasSize(2);
    }

    @Test
    void shouldShowWhyTheBuildFailedAndTryAgain() throws Exception {
        project.maven("3.8.7", "echo 'A.java: not a statement'; exit 1");
        assertThat(project.run("watch"))
                .startsWith("1")
                .contains("A.java: not a statement")
                .anyMatch(line -> line.startsWith("error: the build failed"));
        project.maven("3.8.7", "");
        assertThat(project.run("watch")).startsWith("0");
    }

    @Test
    void shouldBuildOnceWhenTwoStartAtTheSameTime() throws Exception {
        project.maven("3.8.7", "sleep 1");
        Process first = project.start(directory, project.script(), "serve");
        Process second = project.start(directory, project.script(), "serve");
        assertThat(FakeProject.output(first)).startsWith("0");
        assertThat(FakeProject.output(second)).startsWith("0");
        assertThat(project.builds()).hasSize(1);
    }

    @Test
    void shouldNotWaitForABuildThatIsGone() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path state = Files.createDirectories(project.root().resolve("deploy/local/target/front-door"));
        Files.createSymbolicLink(state.resolve("lock"), Path.of(Long.toString(gone.pid())));
        assertThat(project.run("report")).startsWith("0").noneMatch(line -> line.startsWith("waiting"));
    }

    @Test
    void shouldRefuseAnOldJava() throws Exception {
        project.java("1.8.0_402");
        assertThat(project.run("report"))
                .startsWith("1")
                .last()
                .asString()
                .contains("is version 8, 17 or newer is needed");
    }

    @Test
    void shouldRefuseAnOldMaven() throws Exception {
        project.maven("3.6.3", "");
        assertThat(project.run("report"))
                .startsWith("1")
                .last()
                .asString()
                .contains("mvn is version 3.6, 3.8 or newer is needed");
    }

    @Test
    void shouldGuardACommandWithoutBuilding() throws Exception {
        project.run("watch");
        Files.delete(project.source("certifier-stream", "B.java"));
        assertThat(project.run("--guarded", "watch", "--json"))
                .endsWith(
                        "[org.catrs.local.process.Guarded]",
                        "[org.catrs.certifier.CertifierApplication]",
                        "[watch]",
                        "[--json]");
        assertThat(project.builds()).hasSize(1);
    }
}
