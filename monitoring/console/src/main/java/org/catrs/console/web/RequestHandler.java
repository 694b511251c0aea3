// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.console.web;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/** Gives each request to its route, and each answer the headers that keep a browser from more than the page needs. */
final class RequestHandler extends Handler.Abstract {
    /** Everything comes from this server; pictures may be made in the page. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    /** Bodies that may be in memory at once. */
    private static final int MOST_BODIES = 4;

    private final Routes routes;
    private final IdleConnections idle;
    private final Semaphore bodies = new Semaphore(MOST_BODIES);

    RequestHandler(Routes routes, IdleConnections idle) {
        this.routes = routes;
        this.idle = idle;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        Request.addCompletionListener(request, failure -> idle.rest(connection));
        secure(response);
        HttpExchangeOf exchange = new HttpExchangeOf(request, response, callback);
        Optional<Routes.Route> found = routes.find(Request.getPathInContext(request));
        if (found.isEmpty()) {
            exchange.send(Reply.text(404, "not found"));
        } else if (!isAllowed(request.getMethod(), found.get())) {
            exchange.send(Reply.text(405, "only " + found.get().method() + " is answered")
                    .with("Allow", found.get().method()));
        } else if (found.get().mostBytes() == 0) {
            idle.work(connection);
            answer(found.get(), new Asked(request, new byte[0]), exchange);
        } else {
            receive(found.get(), request, exchange, connection);
        }
        return true;
    }

    /** Reads a body where its sender is granted what it is for: nobody fills the memory with bodies. */
    private void receive(Routes.Route route, Request request, HttpExchangeOf exchange, EndPoint connection) {
        Asked asked = new Asked(request, new byte[0]);
        try {
            route.admit(asked);
        } catch (RuntimeException e) {
            exchange.send(Routes.failed(asked, e));
            return;
        }
        if (!bodies.tryAcquire()) {
            exchange.send(Routes.BUSY);
            return;
        }
        Request.addCompletionListener(request, failure -> bodies.release());
        // A connection is idle until the body has come whole, and has its time for that.
        idle.rest(connection);
        readBody(route, request, exchange, () -> idle.work(connection));
    }

    private static boolean isAllowed(String method, Routes.Route route) {
        return method.equals(route.method())
                || (method.equals("HEAD") && route.method().equals("GET"));
    }

    /** Read as it comes, so that a slow sender keeps no thread. */
    private static void readBody(Routes.Route route, Request request, HttpExchangeOf exchange, Runnable onComplete) {
        if (request.getLength() > route.mostBytes()) {
            exchange.send(tooLarge(route));
            return;
        }
        Content.Source.asByteArrayAsync(
                request,
                route.mostBytes(),
                Promise.Invocable.from(Invocable.InvocationType.BLOCKING, (body, failure) -> {
                    if (failure == null) {
                        onComplete.run();
                        answer(route, new Asked(request, body), exchange);
                    } else {
                        exchange.send(
                                failure instanceof IllegalStateException
                                        ? tooLarge(route)
                                        : Reply.text(400, "the body did not come whole"));
                    }
                }));
    }

    private static Reply tooLarge(Routes.Route route) {
        return Reply.text(413, "at most " + route.mostBytes() + " bytes are taken");
    }

    private static void answer(Routes.Route route, Asked asked, HttpExchangeOf exchange) {
        try {
            route.answer(asked, exchange);
        } catch (RuntimeException e) {
            exchange.send(Routes.failed(asked, e));
        }
    }

    private static void secure(Response response) {
        response.getHeaders().put("Content-Security-Policy", CONTENT_SECURITY_POLICY);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.getHeaders().put("Referrer-Policy", "no-referrer");
        response.getHeaders().put("Cross-Origin-Opener-Policy", "same-origin");
        response.getHeaders().put("Cross-Origin-Resource-Policy", "same-origin");
        response.getHeaders().put("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    }

    private record HttpExchangeOf(Request request, Response response, Callback callback) implements Routes.Exchange {
        @Override
        public void send(Reply reply) {
            response.setStatus(reply.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.contentType());
            reply.headers().forEach((name, value) -> response.getHeaders().put(new HttpField(name, value)));
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, reply.body().remaining());
            boolean isHead = request.getMethod().equals("HEAD");
            response.write(true, isHead ? null : reply.body(), callback);
        }

        @Override
        public EventReader begin(Cursor cursor, Consumer<EventReader> onEnd) {
            response.setStatus(200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
            EventReader[] reader = new EventReader[1];
            reader[0] = new EventReader(response, callback, cursor, () -> onEnd.accept(reader[0]));
            return reader[0];
        }
    }
}
