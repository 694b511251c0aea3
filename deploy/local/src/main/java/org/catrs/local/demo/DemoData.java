// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.local.demo;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.catrs.local.process.FrontDoor;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.dataset.DatasetKind;
import org.catrs.schemas.dataset.Datasets;
import org.catrs.schemas.dataset.Split;
import org.jspecify.annotations.Nullable;

/**
 * The data set that the demo uses.
 *
 * @param folder where its files are; null for one that has none
 * @param trainingImages number of images to train on
 * @param testImages number of images to choose from
 * @param reason why this one, for the user
 */
record DemoData(DatasetKind kind, @Nullable Path folder, int trainingImages, int testImages, String reason) {
    private static final String VARIABLE = "CATRS_DATA";

    /** 403 steps of 64 images, which take less than two minutes on two cores: 0.43 epochs of MNIST. */
    private static final double DEFAULT_TRAINING_IMAGES = 25_800;

    /**
     * Chooses what the user asked for, or else MNIST where it is found, or else digits.
     *
     * @throws InvalidDataException if the data set that the user asked for cannot be opened
     */
    static DemoData choose(@Nullable DatasetKind asked, @Nullable Path data) {
        if (asked == DatasetKind.DIGITS) {
            return open(DatasetKind.DIGITS, null, "generated digits");
        }
        if (asked != null && asked != DatasetKind.MNIST) {
            throw new InvalidDataException(
                    "the demo's network takes 28 x 28 grey images: --dataset needs mnist or digits," + " not " + asked);
        }
        StringBuilder missing = new StringBuilder();
        for (Map.Entry<String, Path> place : places(data).entrySet()) {
            try {
                return open(DatasetKind.MNIST, place.getValue(), "MNIST, from " + place.getKey());
            } catch (InvalidDataException e) {
                missing.append("\n  ").append(place.getKey()).append(": ").append(e.getMessage());
            }
        }
        if (asked == DatasetKind.MNIST) {
            throw new InvalidDataException("MNIST was not found:" + missing);
        }
        return open(DatasetKind.DIGITS, null, "generated digits, because MNIST was not found:" + missing);
    }

    double defaultEpochs() {
        return Math.round(100 * DEFAULT_TRAINING_IMAGES / trainingImages) / 100.0;
    }

    private static Map<String, Path> places(@Nullable Path data) {
        Map<String, Path> places = new LinkedHashMap<>();
        if (data != null) {
            places.put("--data " + data, data);
            return places;
        }
        String variable = System.getenv(VARIABLE);
        if (variable != null && !variable.isEmpty()) {
            places.put(VARIABLE + "=" + variable, Path.of(variable));
        }
        Path beside = FrontDoor.home().resolveSibling("shared").resolve("data");
        places.put(beside.toString(), beside);
        return places;
    }

    private static DemoData open(DatasetKind kind, @Nullable Path folder, String reason) {
        int trainingImages = Datasets.open(kind, Split.TRAIN, folder).size();
        int testImages = Datasets.open(kind, Split.TEST, folder).size();
        return new DemoData(kind, folder, trainingImages, testImages, reason);
    }
}
