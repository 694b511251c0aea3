// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import java.util.List;
import java.util.Optional;
import org.catrs.console.view.AnswerSource;
import org.catrs.console.view.Trials;

/** What the console's page shows of certification. A service that certifies implements it; asked by many threads. */
@FunctionalInterface
public interface CertificationReport {
    /** How far the instance is now. */
    Figures now();

    /** The answers of all instances; empty where they are not shown. */
    default Optional<AnswerSource> answers() {
        return Optional.empty();
    }

    /** Certificates that somebody asks for at the page; empty where there are none. */
    default Optional<Trials> trials() {
        return Optional.empty();
    }

    /**
     * What an instance has done since it started, and with which models it certifies.
     *
     * @param received images taken from the topic
     * @param certified those with a certified label
     * @param abstained those for which it abstained
     * @param rejected those that could not be certified
     * @param models in the order of their names
     */
    record Figures(long received, long certified, long abstained, long rejected, List<ServedModel> models) {
        /** Copies the list. */
        public Figures {
            models = List.copyOf(models);
        }

        /** Images that were taken and not answered yet. */
        public long atHand() {
            return received - certified - abstained - rejected;
        }
    }

    /**
     * A model that certifies.
     *
     * @param sha256 SHA-256 of the network that runs, lower-case hex
     */
    record ServedModel(String name, String version, String sha256) {}
}
