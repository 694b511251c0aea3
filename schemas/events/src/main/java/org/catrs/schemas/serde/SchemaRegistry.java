// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * The two calls of the Confluent Schema Registry's HTTP interface that serdes need. Karapace and Apicurio Registry (at
 * {@code /apis/ccompat/v7}) answer them too. Answers never change and are kept. Safe for use by several threads.
 */
final class SchemaRegistry {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int NOT_FOUND = 404;

    private final JsonMapper json = new JsonMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String address;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();

    /** @param address of the registry, such as {@code http://localhost:8081}; nothing is sent yet */
    SchemaRegistry(URI address) {
        this.address = address.toString().replaceAll("/+$", "");
    }

    /**
     * The id of a schema, which is registered unless the registry already has it.
     *
     * @param subject name under which its versions are kept, {@code TOPIC-value}; always used with the same schema
     * @throws SchemaRegistryException when the registry does not answer, or refuses the schema
     */
    int register(String subject, Schema schema) {
        Integer known = ids.get(subject);
        if (known != null) {
            return known;
        }
        String path = "/subjects/"
                + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20") + "/versions";
        String body = json.createObjectNode().put("schema", schema.toString()).toString();
        JsonNode id = send(path, HttpRequest.BodyPublishers.ofString(body))
                .orElseThrow(() -> unexpected(path, "no such subject"))
                .path("id");
        if (!id.canConvertToInt() || !id.isIntegralNumber()) {
            throw unexpected(path, "no id");
        }
        ids.put(subject, id.intValue());
        return id.intValue();
    }

    /**
     * The schema of an id; empty when the registry has none of that id.
     *
     * @throws SchemaRegistryException when the registry does not answer as it should
     */
    Optional<Schema> schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        String path = "/schemas/ids/" + Integer.toUnsignedString(id);
        Optional<Schema> found = send(path, null).map(answer -> parse(path, answer));
        found.ifPresent(schema -> schemas.put(id, schema));
        return found;
    }

    private static Schema parse(String path, JsonNode answer) {
        try {
            return new Schema.Parser().parse(answer.path("schema").asText());
        } catch (AvroRuntimeException e) {
            throw new SchemaRegistryException("schema registry answered " + path + " with no Avro schema", e);
        }
    }

    private Optional<JsonNode> send(String path, HttpRequest.@Nullable BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(TIMEOUT)
                .header("Accept", MEDIA_TYPE);
        if (body != null) {
            request.header("Content-Type", MEDIA_TYPE).POST(body);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            if (answer.statusCode() != 200) {
                throw unexpected(path, "HTTP " + answer.statusCode() + " " + answer.body());
            }
            return Optional.of(json.readTree(answer.body()));
        } catch (JsonProcessingException e) {
            throw new SchemaRegistryException("schema registry " + address + path + " did not answer in JSON", e);
        } catch (IOException e) {
            throw new SchemaRegistryException("schema registry " + address + " cannot be reached: " + e, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private SchemaRegistryException unexpected(String path, String found) {
        return new SchemaRegistryException("schema registry " + address + path + " answered " + found);
    }
}
