// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.topology;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.apache.kafka.common.header.Headers;
import org.catrs.certifier.stream.intake.IncomingImage;
import org.catrs.certifier.stream.intake.NearMiss;
import org.catrs.certifier.stream.intake.RejectedImageException;
import org.catrs.certifier.stream.intake.RejectionReason;
import org.catrs.schemas.event.CertifiedPrediction;
import org.catrs.schemas.topic.HeaderNames;
import org.catrs.schemas.topic.HeaderValues;

/**
 * The models that images are certified with, by name. An image names one in its header {@value HeaderNames#MODEL}, or
 * gets the default. Models come, are replaced and go between images: an image has one model from its decoding to its
 * certificate, and a model that was replaced is closed after its last image. Safe for use by several threads.
 */
public final class CertifierRegistry implements AutoCloseable {
    private final String defaultName;
    private final CertifierMeters meters;
    private final ConcurrentMap<String, ServedCertifier> served = new ConcurrentHashMap<>();

    /** @param defaultName name of the model for images that name none */
    public CertifierRegistry(String defaultName, CertifierMeters meters) {
        this.defaultName = defaultName;
        this.meters = meters;
    }

    /**
     * Certifies the images that come from now on with a model, in the place of the one that had its name.
     *
     * @param close frees the model; called after its last image, once it has been replaced or taken away
     */
    public synchronized void put(ImageCertifier certifier, Runnable close) {
        ServedCertifier replaced = served.put(certifier.model().name(), new ServedCertifier(certifier, close));
        showModels();
        if (replaced != null) {
            replaced.release();
        }
    }

    /** Takes a model away; does nothing when there is none of this name. */
    public synchronized void remove(String name) {
        ServedCertifier removed = served.remove(name);
        showModels();
        if (removed != null) {
            removed.release();
        }
    }

    /** Name of the model for images that name none. */
    public String defaultName() {
        return defaultName;
    }

    /** The model that has a name now. */
    public Optional<CertifiedPrediction.Model> model(String name) {
        return Optional.ofNullable(served.get(name))
                .map(entry -> entry.certifier().model());
    }

    /** Whether images that name no model can be certified. */
    public boolean hasDefault() {
        return served.containsKey(defaultName);
    }

    /** Whether every model that is served runs on the CPU. */
    public boolean isOnCpu() {
        return served.values().stream()
                .allMatch(entry -> entry.certifier().engine().provider().equals("cpu"));
    }

    /** Takes all models away. */
    @Override
    public void close() {
        served.keySet().forEach(this::remove);
    }

    /**
     * Certifies a record's image.
     *
     * @throws RejectedImageException when it cannot be certified, though others can
     */
    CertifiedPrediction certify(IncomingImage image, ImageCourse course) {
        ServedCertifier holder = hold(image.headers());
        try {
            course.with(holder.certifier().model());
            return holder.certifier().certify(image, course);
        } finally {
            holder.release();
        }
    }

    /** Names of the models that are served, in alphabetical order. */
    public List<String> names() {
        return served.keySet().stream().sorted().toList();
    }

    /** Uses the model that has a name now, which stays open meanwhile; empty where there is none. */
    public <T> Optional<T> with(String name, Function<ImageCertifier, T> use) {
        ServedCertifier found = served.get(name);
        if (found == null || !found.hold()) {
            return Optional.empty();
        }
        try {
            return Optional.of(use.apply(found.certifier()));
        } finally {
            found.release();
        }
    }

    private ServedCertifier hold(Headers headers) {
        String asked = HeaderValues.text(headers, HeaderNames.MODEL);
        String name = asked == null ? defaultName : asked;
        while (true) {
            ServedCertifier found = served.get(name);
            if (found == null) {
                throw new RejectedImageException(
                        RejectionReason.UNKNOWN_MODEL,
                        (asked == null ? "the default model is '" : "the header " + HeaderNames.MODEL + " names '")
                                + name + "', which is not served here; served are " + new TreeSet<>(served.keySet())
                                + (asked == null
                                        ? NearMiss.ofName(headers, HeaderNames.MODEL)
                                        : NearMiss.ofQuotes(asked)));
            }
            // Otherwise it was replaced in this instant, and its successor is there already.
            if (found.hold()) {
                return found;
            }
        }
    }

    private void showModels() {
        meters.serve(
                defaultName,
                served.values().stream().map(ServedCertifier::certifier).toList());
    }
}
