// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A schema registry that answers the calls of the Confluent interface from memory. */
final class FakeRegistry implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    final Map<Integer, String> schemas = new ConcurrentHashMap<>();
    final List<String> requests = new ArrayList<>();
    private final HttpServer server;
    int nextId = 0x01020304;
    int status = 200;
    String body = "";

    FakeRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        if (status != 200 || !body.isEmpty()) {
            send(exchange, status, body);
            return;
        }
        if (exchange.getRequestMethod().equals("POST")) {
            int id = nextId++;
            schemas.put(
                    id, JSON.readTree(exchange.getRequestBody()).path("schema").textValue());
            send(exchange, 200, "{\"id\":" + id + "}");
            return;
        }
        String path = exchange.getRequestURI().getPath();
        String schema = schemas.get(Integer.parseUnsignedInt(path.substring(path.lastIndexOf('/') + 1)));
        if (schema == null) {
            send(exchange, 404, "{\"error_code\":40403}");
        } else {
            send(exchange, 200, JSON.createObjectNode().put("schema", schema).toString());
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
