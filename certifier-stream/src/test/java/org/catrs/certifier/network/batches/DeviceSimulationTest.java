// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.network.batches;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.catrs.certifier.smoothing.BaseClassifier;
import org.catrs.certifier.smoothing.Certificate;
import org.catrs.certifier.smoothing.SampleRange;
import org.catrs.certifier.smoothing.SamplingPlan;
import org.catrs.certifier.smoothing.SmoothedClassifier;
import org.catrs.certifier.smoothing.SmoothingParameters;
import org.catrs.certifier.smoothing.StopCondition;
import org.catrs.certifier.smoothing.Urgency;
import org.catrs.certifier.smoothing.counts.ClassCounts;
import org.catrs.certifier.smoothing.noise.NoiseKind;
import org.catrs.certifier.smoothing.noise.Phase;
import org.catrs.certifier.smoothing.noise.Seed;
import org.catrs.schemas.image.ImageShape;
import org.catrs.schemas.image.ImageTensor;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How full a device's batches are when many images are certified at once, with a clock of its own. */
@Timeout(120)
class DeviceSimulationTest {
    private static final int BATCH = 4096;
    private static final int WORKERS = 128;
    private static final int IMAGES_PER_WORKER = 40;

    /**
     * Selection of 32, as the adaptive plan has it by default, and of 100; and workers that decode and write for so long
     * that the device ends its run before they ask again.
     */
    @ParameterizedTest
    @CsvSource({"32, 0", "100, 0", "32, 10", "100, 10", "100, 30"})
    void shouldFillNineTenthsOfADevicesSlotsWithEasyImages(int n0, int latePercent) throws InterruptedException {
        Simulation simulation = new Simulation(n0, latePercent);

        simulation.certifyAll();

        assertThat(simulation.certified).hasValue(WORKERS * IMAGES_PER_WORKER);
        assertThat(simulation.fill.fill().share()).isGreaterThan(0.9);
    }

    /**
     * Two batches of one device, as {@code DevicePool} has them, and workers that certify one easy image after another
     * with the adaptive plan. Drawing a batch's noise lasts until all workers wait for votes, but for those that are late:
     * these come after its run. No clock of the machine decides anything.
     */
    private static final class Simulation implements BaseClassifier {
        private static final ImageTensor IMAGE = ImageTensor.of(new ImageShape(1, 1, 1), new byte[1]);
        final FillCounter fill = new FillCounter();
        final AtomicInteger certified = new AtomicInteger();
        private final SampleQueue queue = new SampleQueue(BATCH, classes(), BatchSharing.AMONG_REQUESTS, fill);
        private final BlockingQueue<Filling> filled = new LinkedBlockingQueue<>();
        private final AtomicInteger idle = new AtomicInteger(2);
        private final SmoothingParameters parameters;
        private final int latePercent;
        /** Workers that wait for votes, those that are late, and those that are not done; guarded by this. */
        private int waiting;

        private int late;
        private int busy = WORKERS;
        private int runs;

        Simulation(int n0, int latePercent) {
            this.parameters = new SmoothingParameters(0.5, 0.001, n0, 100_000, NoiseKind.GAUSSIAN);
            this.latePercent = latePercent;
        }

        void certifyAll() throws InterruptedException {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < WORKERS; i++) {
                int worker = i;
                threads.add(new Thread(() -> certify(worker)));
            }
            Thread filling = new Thread(this::fill);
            Thread device = new Thread(this::run);
            device.setDaemon(true);
            threads.forEach(Thread::start);
            filling.start();
            device.start();
            for (Thread thread : threads) {
                thread.join();
            }
            queue.close();
            filling.join();
        }

        private void certify(int worker) {
            SmoothedClassifier smoothed = new SmoothedClassifier(this, parameters);
            Random random = new Random(worker);
            for (int i = 0; i < IMAGES_PER_WORKER; i++) {
                if (random.nextInt(100) < latePercent) {
                    beLate();
                }
                Certificate certificate = smoothed.certify(
                        IMAGE, new Seed(worker, i), new SamplingPlan.TargetRadius(0.5), StopCondition.NEVER);
                if (certificate instanceof Certificate.Certified) {
                    certified.incrementAndGet();
                }
            }
            change(0, -1);
        }

        /** Comes after the run that goes on now; when nobody waits for one, at once. */
        private synchronized void beLate() {
            int now = runs;
            late++;
            notifyAll();
            while (runs == now && waiting > 0) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            late--;
        }

        private void fill() {
            for (Filling filling = next(); filling != null; filling = next()) {
                idle.decrementAndGet();
                filled.add(filling);
            }
        }

        private Filling next() {
            return queue.take(wholly -> wholly ? idle.get() > 0 : idle.get() == 2);
        }

        private void run() {
            try {
                while (true) {
                    Filling filling = filled.take();
                    awaitWorkers();
                    queue.fillUp(filling);
                    int[] labels = new int[filling.size()];
                    filling.draw(0, filling.size(), (noise, index, place) -> {
                        labels[place] = index % 100 == 99 ? 1 : 0;
                        return true;
                    });
                    filling.count(place -> labels[place]);
                    change(
                            -(int) filling.pieces().stream()
                                    .map(Piece::request)
                                    .distinct()
                                    .filter(SampleRequest::isAnswered)
                                    .count(),
                            0);
                    ended();
                    idle.incrementAndGet();
                    queue.wake();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void awaitWorkers() throws InterruptedException {
            while (waiting + late < busy) {
                wait();
            }
        }

        private synchronized void ended() {
            runs++;
            notifyAll();
        }

        private synchronized void change(int moreWaiting, int moreBusy) {
            waiting += moreWaiting;
            busy += moreBusy;
            notifyAll();
        }

        @Override
        public ImageShape inputShape() {
            return IMAGE.shape();
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public ClassCounts count(
                ImageTensor image, SmoothingParameters parameters, Seed seed, Phase phase, long first, long samples) {
            return countAll(image, parameters, seed, List.of(new SampleRange(phase, first, samples)), Urgency.NONE)
                    .get(0);
        }

        @Override
        public List<ClassCounts> countAll(
                ImageTensor image,
                SmoothingParameters parameters,
                Seed seed,
                List<SampleRange> ranges,
                Urgency urgency) {
            SampleRequest request = queue.ask(image, parameters, seed, ranges, urgency);
            change(1, 0);
            return queue.await(request);
        }
    }
}
