// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.catrs.console.view.AnswerSource;
import org.catrs.console.view.ShownAnswer;
import org.catrs.console.view.Trials;
import org.catrs.console.web.Asked;
import org.catrs.console.web.Page;
import org.catrs.console.web.Refusal;
import org.catrs.console.web.Reply;
import org.catrs.console.web.Routes;
import org.catrs.schemas.InvalidDataException;
import org.catrs.schemas.json.JsonRecords;
import org.jspecify.annotations.Nullable;

/** The page for people, and what it asks for. */
final class ConsolePage implements AutoCloseable {
    /** No error: images go with time, and browsers tell people of errors. */
    private static final Reply NO_PICTURE = Reply.text(204, "");

    private final String service;
    private final boolean isForLoopback;
    private final Supplier<Health> health;
    private final Optional<CertificationReport> certification;
    private final AnswerBoard board = new AnswerBoard();
    private final @Nullable AnswerSource source;
    private final @Nullable Following following;
    private final @Nullable Trials trials;
    private final @Nullable TrialRoom room;

    ConsolePage(
            String service,
            InetSocketAddress address,
            Supplier<Health> health,
            Optional<CertificationReport> certification) {
        this.service = service;
        this.isForLoopback =
                address.getAddress() != null && address.getAddress().isLoopbackAddress();
        this.health = health;
        this.certification = certification;
        this.source = certification.flatMap(CertificationReport::answers).orElse(null);
        this.following = source == null ? null : new Following(source, board);
        this.trials = certification.flatMap(CertificationReport::trials).orElse(null);
        this.room = trials == null ? null : new TrialRoom(trials);
    }

    /**
     * What the page knows when it opens.
     *
     * @param answers whether answers are shown
     * @param pictures whether images are shown
     * @param trials whether this reader may try
     * @param models that can be tried
     */
    record State(
            String service,
            boolean certifies,
            boolean answers,
            boolean pictures,
            boolean trials,
            int mostBytes,
            List<Trials.Model> models) {}

    void addTo(Routes routes) {
        PageFiles.addTo(routes);
        routes.page("/api/state", guarded(asked -> json(state(asked))));
        routes.events("/api/events", asked -> {
            requireThisHost(asked);
            return Optional.of(new PageEvents(board, following, health, certification));
        });
        routes.slowPage(
                "/api/answer", guarded(asked -> json(find(asked).detail().get())));
        routes.slowPage("/api/picture", guarded(this::picture));
        if (trials != null && room != null) {
            Trials tried = trials;
            TrialRoom entered = room;
            routes.slowPage("/api/cost", guarded(asked -> {
                requireMayTry(asked, tried);
                return json(cost(tried, TrialRoom.request(asked)));
            }));
            Consumer<Asked> gate = asked -> {
                requireThisHost(asked);
                requireMayTry(asked, tried);
            };
            routes.work("/api/try", tried.mostBytes(), gate, entered::enter);
            routes.work("/api/ball", tried.mostBytes(), gate, entered::search);
        }
    }

    private static Trials.Cost cost(Trials trials, Trials.Request request) {
        try {
            return trials.cost(request).orElseThrow(() -> unknown("model"));
        } catch (InvalidDataException e) {
            throw new Refusal(400, "alpha or target is none that a certificate can have");
        }
    }

    private State state(Asked asked) {
        boolean mayTry = trials != null && mayTry(asked, trials);
        return new State(
                service,
                certification.isPresent(),
                source != null,
                source != null && source.showsPictures(),
                mayTry,
                trials == null ? 0 : trials.mostBytes(),
                trials == null ? List.of() : trials.models());
    }

    private ShownAnswer find(Asked asked) {
        return asked.parameter("id").flatMap(board::find).orElseThrow(() -> unknown("answer"));
    }

    /** Only of an answer that the page has: nobody can have any record of a topic shown. */
    private Reply picture(Asked asked) {
        ShownAnswer answer = find(asked);
        return Optional.ofNullable(answer.tile().image())
                .flatMap(origin -> source == null
                        ? Optional.empty()
                        : source.picture(origin, answer.tile().model()))
                .map(png -> Reply.of(200, "image/png", png))
                .orElse(NO_PICTURE);
    }

    private static Refusal unknown(String what) {
        return new Refusal(404, "there is no such " + what + " here any more");
    }

    private static boolean mayTry(Asked asked, Trials trials) {
        return switch (trials.access()) {
            case OFF -> false;
            case LOOPBACK -> asked.isFromLoopback() && asked.namesLoopback();
            case EVERYBODY -> true;
        };
    }

    private static void requireMayTry(Asked asked, Trials trials) {
        if (!mayTry(asked, trials) || !asked.isFromOwnPage()) {
            throw new Refusal(
                    403,
                    "only who sits at this machine may try, unless console.try says otherwise, and from this page");
        }
    }

    private boolean isForThisHost(Asked asked) {
        return !isForLoopback || asked.namesLoopback();
    }

    private void requireThisHost(Asked asked) {
        if (!isForThisHost(asked)) {
            throw new Refusal(421, "this console serves its own machine, and is called localhost or 127.0.0.1");
        }
    }

    private Page guarded(Page page) {
        return asked -> {
            requireThisHost(asked);
            return page.answer(asked);
        };
    }

    private static Reply json(Record value) {
        return Reply.of(200, "application/json", JsonRecords.write(value));
    }

    @Override
    public void close() {
        if (following != null) {
            following.close();
        }
        if (room != null) {
            room.close();
        }
    }
}
