// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.view;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.catrs.schemas.InvalidDataException;
import org.jspecify.annotations.Nullable;

/** Certificates that somebody asks for at the page. They are sent to no topic. */
public interface Trials {
    /** The models that can be tried. */
    List<Model> models();

    /** Most bytes of an image. */
    int mostBytes();

    /** Who may try. */
    Access access();

    /**
     * Certifies an image, telling how far it is.
     *
     * @param image PNG, JPEG or raw tensor
     * @param progress told again and again; the last time the trial is at its end
     * @throws InvalidDataException when there is no such model, or the image is none that it takes
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    void certify(byte[] image, Request request, Consumer<Progress> progress);

    /**
     * What a certificate costs.
     *
     * @return empty where there is no such model
     */
    Optional<Cost> cost(Request request);

    /**
     * Looks for the worst that may be added to an image.
     *
     * @param image PNG, JPEG or raw tensor
     * @param label the certified class
     * @param radius that was certified
     * @throws InvalidDataException when there is no such model, or the image is none that it takes
     * @throws java.util.concurrent.CancellationException when the calling thread is interrupted
     */
    Ball ball(byte[] image, String model, int label, double radius);

    /** Who may try. */
    enum Access {
        /** Nobody. */
        OFF,
        /** Who sits at the machine that certifies. */
        LOOPBACK,
        /** Everybody who reaches the page. */
        EVERYBODY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A model.
     *
     * @param sigma of its noise
     * @param classNames in the order of its outputs
     */
    record Model(
            String name, String version, double sigma, int channels, int height, int width, List<String> classNames) {
        /** Copies the list. */
        public Model {
            classNames = List.copyOf(classNames);
        }
    }

    /**
     * What is asked.
     *
     * @param n most samples
     * @param targetRadius at which sampling ends; null for none
     */
    record Request(
            String model, long n, double alpha, @Nullable Double targetRadius) {}

    /**
     * How far a trial is.
     *
     * @param isDone whether it is at its end
     * @param outcome what the samples show by now
     * @param candidate class that the bound is about
     * @param votes by class
     * @param n samples by now
     * @param lowerBound of the candidate's probability, rounded down
     * @param radius that is certified, rounded down; 0 for none
     * @param seconds by now
     * @param stop why sampling ended; null while it goes on
     */
    record Progress(
            boolean isDone,
            Tile.Outcome outcome,
            int candidate,
            List<Long> votes,
            long n,
            double lowerBound,
            double radius,
            double seconds,
            @Nullable String stop) {
        /** Copies the list. */
        public Progress {
            votes = List.copyOf(votes);
        }
    }

    /**
     * The images around one; pictures are Base64 of PNG.
     *
     * @param copies of the image with the noise that the model is asked about
     * @param worst image at the certified distance, or as close below it as 8 bits allow, on which the label is least sure, of
     *     those that a short search found
     * @param added what distinguishes it from the image: gray where nothing was added
     * @param size its L2 distance, of pixels scaled to [0, 1], rounded down
     * @param votes of noisy copies of it, by class
     * @param n number of these copies
     */
    record Ball(List<Copy> copies, String worst, String added, double size, List<Long> votes, long n) {
        /** Copies the lists. */
        public Ball {
            copies = List.copyOf(copies);
            votes = List.copyOf(votes);
        }
    }

    /**
     * A noisy copy.
     *
     * @param png Base64 of its picture; what noise makes darker than black or whiter than white looks black or white
     * @param label that the network gives it; null where it gives none
     */
    record Copy(String png, @Nullable Integer label) {}

    /**
     * What a certificate costs.
     *
     * @param largestRadius that n samples can show, where all vote for one class; rounded down
     * @param leastSamples with which the target radius is shown, where all vote for one class; null where no number up to n
     *     is enough, or there is no target
     * @param samplesPerSecond as the last trial with the model went; null before one
     */
    record Cost(
            double largestRadius,
            @Nullable Long leastSamples,
            @Nullable Double samplesPerSecond) {}
}
