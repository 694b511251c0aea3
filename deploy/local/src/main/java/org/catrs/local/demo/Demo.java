// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.catrs.local.process.ChildProcess;
import org.catrs.local.process.FrontDoor;
import org.catrs.local.process.Ports;
import org.catrs.local.process.StepFailedException;

/** The main job on one machine: chains the commands, and tells the user what happens. */
final class Demo {
    private static final int USUAL_HTTP_PORT = 8080;

    private final DemoPlan plan;
    private final DemoFolder folder;
    private final FrontDoor frontDoor;

    Demo(DemoPlan plan, DemoFolder folder, FrontDoor frontDoor) {
        this.plan = plan;
        this.folder = folder;
        this.frontDoor = frontDoor;
    }

    /**
     * Runs the demo.
     *
     * @param keep whether broker and certifier go on until this process is interrupted
     * @throws StepFailedException if one of the commands fails
     */
    void run(boolean keep) throws InterruptedException {
        say("Data: %s", plan.data().reason());
        say("Results: %s%s", folder.path(), folder.isUsed() ? " (those of the last demo are replaced)" : "");
        folder.prepare(List.of("n=" + plan.n()));
        try (DemoProcesses processes = new DemoProcesses(frontDoor, folder)) {
            title("1. Start a Kafka broker");
            String broker = startBroker(processes);
            String model = obtainModel(processes);
            title("3. Start the certifier");
            URI console = startCertifier(processes, broker, model);
            title("4. Send %d test images, and read what comes out", plan.images());
            stream(processes, broker);
            title("5. Sum up");
            report(processes, model);
            if (keep) {
                keep(processes, broker, console);
            }
        }
        folder.deleteBroker();
    }

    private String startBroker(DemoProcesses processes) {
        long start = System.nanoTime();
        String broker = processes.startBroker().bootstrapServers();
        say("Kafka listens on %s (%s).", broker, since(start));
        return broker;
    }

    /** The model to serve, trained where the user names none. */
    private String obtainModel(DemoProcesses processes) {
        String given = plan.model();
        if (given != null) {
            title("2. Take the trained model %s", given);
            return given;
        }
        title("2. Train a network by %s, under noise of sigma %s", plan.method(), plan.sigma());
        train(processes);
        return folder.model().toString();
    }

    private void train(DemoProcesses processes) {
        long start = System.nanoTime();
        List<String> arguments = new ArrayList<>(List.of("train"));
        arguments.addAll(dataset());
        arguments.addAll(List.of("--arch", "lenet", "--method", plan.method()));
        arguments.addAll(List.of("--sigma", Double.toString(plan.sigma())));
        arguments.addAll(List.of("--epochs", Double.toString(plan.epochs()), "--batch", "64"));
        arguments.addAll(List.of("--schedule", "one-cycle", "--nesterov"));
        arguments.addAll(List.of("--optimizer", "muon", "--learning-rate", "0.005"));
        arguments.addAll(List.of("--out", folder.model().toString()));
        processes.await(processes.startVisible(arguments.toArray(String[]::new)));
        say("Trained in %s.", since(start));
    }

    private URI startCertifier(DemoProcesses processes, String broker, String model) throws InterruptedException {
        long start = System.nanoTime();
        // Chosen only now: what was free before the training may be taken after it.
        int port = Ports.isFree(USUAL_HTTP_PORT) ? USUAL_HTTP_PORT : Ports.free();
        URI console = URI.create("http://127.0.0.1:" + port);
        processes.startServer(
                console.resolve("/health/ready"),
                "serve",
                "--config",
                folder.serviceProperties().toString(),
                "--bootstrap-server",
                broker,
                "--http-port",
                Integer.toString(port),
                "--model",
                model);
        say("Ready (%s). Watch it in the browser: %s", since(start), console);
        return console;
    }

    private void stream(DemoProcesses processes, String broker) {
        String images = Integer.toString(plan.images());
        ChildProcess watch = processes.startVisible(
                "watch",
                "--bootstrap-server",
                broker,
                "--from-beginning",
                "--max",
                images,
                "--out",
                folder.predictions().toString());
        List<String> publish = new ArrayList<>(List.of("publish", "--bootstrap-server", broker));
        publish.addAll(dataset());
        publish.addAll(List.of("--max", images, "--skip", Integer.toString(plan.stride())));
        processes.await(processes.startLogging(publish.toArray(String[]::new)));
        processes.await(watch);
    }

    private void report(DemoProcesses processes, String model) {
        processes.await(processes.startVisible(
                "report",
                folder.predictions().toString(),
                "--plot",
                folder.plot().toString()));
        say("model        %s", model);
        say("predictions  %s", folder.predictions());
        say("logs         %s", folder.logs());
    }

    private void keep(DemoProcesses processes, String broker, URI console) {
        String catrs = frontDoor.shown();
        title("Broker and certifier go on until Ctrl-C. See the certificates, and draw a digit, at %s", console);
        say("To try, in another terminal:");
        say("%s watch --bootstrap-server %s", catrs, broker);
        say("%s publish --bootstrap-server %s --dataset digits --max 10", catrs, broker);
        say("kcat -b %s -P -t images -k mine -H content-type=image/png FILE.png", broker);
        say("kcat -b %s -C -t certified-predictions -o beginning -X isolation.level=read_committed", broker);
        say("curl -s %s | grep ^catrs_", console.resolve("/metrics"));
        processes.awaitServers();
    }

    private List<String> dataset() {
        List<String> arguments =
                new ArrayList<>(List.of("--dataset", plan.data().kind().toString()));
        Path data = plan.data().folder();
        if (data != null) {
            arguments.addAll(List.of("--data", data.toString()));
        }
        return arguments;
    }

    private static String since(long startNanos) {
        double seconds = (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
        return String.format(Locale.ROOT, "%.1f s", seconds);
    }

    private static void title(String format, Object... values) {
        System.out.println();
        say(format, values);
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
