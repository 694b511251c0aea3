// Copyright the catrs authors.
// SPDX-License-Identifier: Apache-2.0
package org.catrs.certifier.stream.intake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.catrs.schemas.image.MediaTypes;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent that is a record's whole value, in the structured mode of CloudEvents' Kafka binding, as JSON. Its members
 * are read one after the other, so that the image's Base64 is never held as text.
 */
final class StructuredEvent {
    private static final String MEDIA_TYPE = "application/cloudevents+json";
    private static final String MEDIA_TYPES = "application/cloudevents";

    private static final String DATA = "data";
    private static final String BINARY_DATA = "data_base64";
    private static final String CONTENT_TYPE = "datacontenttype";

    /** CloudEvents know of seven, and of a few extensions. */
    private static final int MOST_ATTRIBUTES = 100;

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names come from outside: nobody may fill the memory with them.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private final Map<String, String> attributes = new TreeMap<>();
    private byte @Nullable [] image;
    private boolean hasOtherData;

    private StructuredEvent() {}

    /** Whether a content type says that the value is a whole CloudEvent, or several. */
    static boolean isNamedBy(@Nullable String contentType) {
        return contentType != null && MediaTypes.essence(contentType).startsWith(MEDIA_TYPES);
    }

    /**
     * Reads a value.
     *
     * @throws RejectedImageException when it is no CloudEvent in JSON, or one without an image
     */
    static StructuredEvent read(String contentType, byte[] value) {
        if (!MediaTypes.essence(contentType).equals(MEDIA_TYPE)) {
            throw CloudEvent.invalid(
                    "of CloudEvents whose content-type names them, " + MEDIA_TYPE + " is read, found '" + contentType
                            + "'",
                    null);
        }
        StructuredEvent event = new StructuredEvent();
        try (JsonParser json = JSON.createParser(value)) {
            event.read(json);
        } catch (JsonProcessingException e) {
            throw CloudEvent.invalid("the value is no CloudEvent in JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw CloudEvent.invalid("the value is no CloudEvent in JSON: " + e.getMessage(), e);
        }
        return event;
    }

    private void read(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw CloudEvent.invalid("a CloudEvent in JSON is an object", null);
        }
        for (int members = 0; json.nextToken() == JsonToken.FIELD_NAME; members++) {
            if (members > MOST_ATTRIBUTES) {
                throw CloudEvent.invalid("a CloudEvent may have at most " + MOST_ATTRIBUTES + " attributes", null);
            }
            readMember(json, json.currentName(), json.nextToken());
        }
        if (json.nextToken() != null) {
            throw CloudEvent.invalid("something follows the CloudEvent", null);
        }
    }

    private void readMember(JsonParser json, String name, @Nullable JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        if (name.equals(BINARY_DATA)) {
            image = json.getBinaryValue();
        } else if (name.equals(DATA)) {
            hasOtherData = true;
            json.skipChildren();
        } else if (value == null || !value.isScalarValue()) {
            throw CloudEvent.invalid(
                    "the attribute " + name + " of a CloudEvent is text, a number or a truth value", null);
        } else {
            attributes.put(name, json.getText());
        }
    }

    CloudEvent event() {
        return new CloudEvent(attributes);
    }

    /** The media type of its data; null where it has none. */
    @Nullable
    String contentType() {
        return attributes.get(CONTENT_TYPE);
    }

    /** @throws RejectedImageException when it has none */
    byte[] image() {
        if (image == null) {
            throw CloudEvent.invalid(
                    "a CloudEvent in JSON has its image in " + BINARY_DATA + ", in Base64"
                            + (hasOtherData ? ", found " + DATA : ", found no data"),
                    null);
        }
        return image;
    }
}
